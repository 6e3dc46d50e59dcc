/** The colours are those of the web page: paper, ink, and one scale between. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf9f7, #161615);
  --sheet: light-dark(#ffffff, #0e0e0d);
  --rule: light-dark(#d8d5cf, #363532);
  --quiet: light-dark(#65615b, #a5a19a);
  --text: light-dark(#1d1b18, #f0eeea);
  --ink: light-dark(#2a4a8c, #9db8f2);
  background: var(--paper);
  color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere;
}
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem }
section, details { margin-top: 2.5rem }
h1, h2, p, dl, dd, figure, ul { margin: 0; padding: 0 }
h1 { font-size: 1.75rem; line-height: 2.25rem; font-weight: 650; margin-bottom: .5rem }
h2 { font-size: 1.25rem; line-height: 1.75rem; font-weight: 650; margin-bottom: .75rem }
header p { max-width: 70ch }
p, dd, td { text-wrap: pretty }
.kind, .note, dt, dd + dd, figcaption, .samples th, .settings { font-size: .8125rem; line-height: 1.25rem }
.kind, .note, dt, dd + dd, figcaption, .samples th, .settings th { color: var(--quiet) }
.note { margin-bottom: .75rem }

dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 1px; background: var(--rule); border: 1px solid var(--rule); border-radius: 4px; overflow: hidden }
dl div { background: var(--sheet); padding: .75rem 1rem }
dt { font-weight: 600 }
dd { font-size: 1.75rem; line-height: 2.25rem }

.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 2rem 1.5rem }
figure { max-width: 32rem }
figcaption b { color: var(--text); font-weight: 600 }
ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none }
li::before { content: ""; display: inline-block; width: 1.5rem; margin-right: .4rem; vertical-align: .25em; border-top: 2px solid var(--ink) }
li + li::before { border-top: 2px dashed var(--quiet) }
svg { display: block; width: 100%; overflow: visible }
text { font-size: 13px; fill: var(--quiet); text-anchor: middle }
.value { text-anchor: end }
.grid { stroke: var(--rule); stroke-width: 1 }
.mark { stroke: var(--quiet); stroke-width: 1 }
.line { fill: none; stroke: var(--ink); stroke-width: 2; stroke-linejoin: round }
.line circle { fill: var(--ink); stroke: var(--paper) }
.line + .line { stroke: var(--quiet); stroke-dasharray: 5 4 }
.line + .line circle { fill: var(--quiet); stroke-dasharray: none }
@media (min-width: 52rem) { text { font-size: 11px } }

table { border-collapse: collapse; width: 100% }
th, td { text-align: start; vertical-align: top; padding: .25rem 1rem .25rem 0; font-weight: 400 }
.samples { table-layout: fixed }
.samples thead th { color: var(--text); font-weight: 600 }
.samples tbody { border-top: 1px solid var(--rule) }
.samples tbody th { padding-top: .5rem; padding-bottom: 0 }
.samples td { padding-bottom: .75rem }
summary { font-size: 1.25rem; line-height: 1.75rem; font-weight: 650; cursor: pointer }
summary:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
.settings { margin-top: .75rem }
.settings tr { border-top: 1px solid var(--rule) }
.settings th { width: 50% }
@media (min-width: 40rem) { .settings th { width: 16rem } }
`
