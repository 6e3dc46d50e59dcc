import { escapeHtml } from './escape-html.ts'
import type { Epoch } from './read-epochs.ts'

/** What the model wrote beside what a person wrote; nothing without samples. */
export function samplesTable(samples: Epoch['samples'], epoch: number): string {
  if (samples.length === 0) return ''
  const groups = samples.map(
    ({ file, caption, reference }) => `<tbody>
<tr><th colspan="2" scope="rowgroup">${escapeHtml(file)}</th></tr>
<tr><td dir="auto">${quote(caption)}</td><td dir="auto">${quote(reference ?? '')}</td></tr>
</tbody>`,
  )
  return `<section><h2>Captions of dev images after epoch ${epoch}</h2>
<table class="samples">
<thead><tr><th scope="col">The model wrote</th><th scope="col">A person wrote</th></tr></thead>
${groups.join('\n')}
</table></section>`
}

const quote = (text: string) => escapeHtml(text.trim() || '(nothing)')
