import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** `report.html` from `curves.jsonl`: a page that needs nothing else. */
export async function writeReport(folder: string): Promise<void> {
  const lines = await readFile(join(folder, 'curves.jsonl'), 'utf8').catch(() => '')
  const epochs = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Epoch)
  if (epochs.length === 0) return
  await writeFile(join(folder, 'report.html'), toPage(folder, epochs))
}

type Epoch = {
  epoch: number
  captionLoss: number
  labelLoss: number
  devLoss?: number
  devLabelLoss?: number
  CIDEr?: number
  Bleu_4?: number
  ROUGE_L?: number
  samples?: { file: string; caption: string; reference?: string }[]
}

const curves = [
  { key: 'captionLoss', title: 'Caption loss (training)' },
  { key: 'devLoss', title: 'Caption loss (dev)' },
  { key: 'labelLoss', title: 'Label loss (training)' },
  { key: 'devLabelLoss', title: 'Label loss (dev)' },
  { key: 'CIDEr', title: 'CIDEr (dev, greedy)' },
  { key: 'Bleu_4', title: 'BLEU-4 (dev, greedy)' },
] as const

function toPage(name: string, epochs: readonly Epoch[]): string {
  const charts = curves.map(({ key, title }) => drawChart(title, epochs, key)).join('\n')
  const samples = epochs.at(-1)?.samples ?? []
  const rows = samples.map(
    ({ file, caption, reference }) =>
      `<tr><td>${escapeHtml(file)}</td><td>${escapeHtml(caption)}</td><td>${escapeHtml(reference ?? '')}</td></tr>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(name)}: training</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  figure { display: inline-block; width: min(28rem, 100%); margin: 0 1rem 1rem 0 }
  polyline { fill: none; stroke: #2563eb; stroke-width: 2 }
  text { font-size: 12px; fill: currentColor }
  table { border-collapse: collapse } td, th { text-align: left; padding: .3rem .6rem; border-top: 1px solid #8884 }
</style>
<h1>${escapeHtml(name)}</h1>
<p>${epochs.length} epochs.</p>
${charts}
<h2>Captions of the dev split after the last epoch</h2>
<table><tr><th>image</th><th>caption</th><th>a person wrote</th></tr>
${rows.join('\n')}
</table>
</html>
`
}

function drawChart(title: string, epochs: readonly Epoch[], key: (typeof curves)[number]['key']) {
  const points = epochs.flatMap((epoch) => {
    const value = epoch[key]
    return value === undefined ? [] : [{ x: epoch.epoch, y: value }]
  })
  const [least, most] = [
    Math.min(...points.map(({ y }) => y)),
    Math.max(...points.map(({ y }) => y)),
  ]
  const lastEpoch = points.at(-1)?.x ?? 1
  const across = (x: number) => 40 + (400 * (x - 1)) / Math.max(1, lastEpoch - 1)
  const down = (y: number) => 180 - (160 * (y - least)) / Math.max(1e-9, most - least)
  const line = points.map(({ x, y }) => `${across(x).toFixed(1)},${down(y).toFixed(1)}`).join(' ')
  const last = points.at(-1)?.y.toFixed(3) ?? ''
  return `<figure><figcaption>${title}: ${last}</figcaption>
<svg viewBox="0 0 450 200" role="img" aria-label="${title}, ${last} after ${lastEpoch} epochs">
<text x="0" y="24">${most.toFixed(2)}</text><text x="0" y="184">${least.toFixed(2)}</text>
<text x="40" y="198">1</text><text x="420" y="198">${lastEpoch}</text>
<polyline points="${line}"/></svg></figure>`
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (mark) => escapes[mark] ?? mark)
