import { epochTicks, type Ticks, valueTicks } from './axis-ticks.ts'

export type Line = { name: string; points: { epoch: number; value: number }[] }

export type Chart = {
  title: string
  note: string
  /** At most two: the first is drawn solid, the second dashed. */
  lines: readonly Line[]
  /** Of all charts of the page. */
  epochs: { first: number; last: number }
  /** The epoch whose values stand in the legend. */
  shown: number
  /** Is that one the model, and to be marked? */
  isMarked: boolean
}

const view = { width: 400, height: 210 }
const plot = { left: 52, right: 384, top: 24, bottom: 182 }

/** A figure with a legend; nothing where there is nothing to draw. Titles and names are ours, not escaped. */
export function drawChart(chart: Chart): string {
  const lines = chart.lines.filter(({ points }) => points.length > 0)
  if (lines.length === 0) return ''
  const ticks = valueTicks(lines.flatMap(({ points }) => points.map(({ value }) => value)))
  const place = placeOn(chart.epochs, ticks)
  return `<figure>
<figcaption><b>${chart.title}</b> <span>${chart.note}</span>
<ul>${lines.map((line) => drawLegend(line, chart.shown)).join('')}</ul></figcaption>
<svg viewBox="0 0 ${view.width} ${view.height}" role="img" aria-label="${describe(chart, lines)}">
${drawAxes(place, ticks, chart.epochs)}
${chart.isMarked ? drawMark(place, chart.shown) : ''}
${lines.map((line) => drawLine(place, line, chart)).join('\n')}
</svg></figure>`
}

type Place = { x: (epoch: number) => string; y: (value: number) => string }

function placeOn({ first, last }: Chart['epochs'], { values }: Ticks): Place {
  const [low = 0, high = 1] = [values[0], values.at(-1)]
  const across = (epoch: number) => (last > first ? (epoch - first) / (last - first) : 0.5)
  const up = (value: number) => (value - low) / (high - low)
  return {
    x: (epoch) => (plot.left + (plot.right - plot.left) * across(epoch)).toFixed(1),
    y: (value) => (plot.bottom - (plot.bottom - plot.top) * up(value)).toFixed(1),
  }
}

function drawAxes({ x, y }: Place, ticks: Ticks, { first, last }: Chart['epochs']): string {
  const rows = ticks.values.map(
    (value, i) =>
      `<path class="grid" d="M${plot.left} ${y(value)}H${plot.right}"/>` +
      `<text class="value" x="${plot.left - 8}" y="${y(value)}" dy=".35em">${ticks.labels[i]}</text>`,
  )
  const epochs = epochTicks(first, last)
  const columns = epochs.values.map(
    (epoch, i) => `<text x="${x(epoch)}" y="${plot.bottom + 20}">${epochs.labels[i]}</text>`,
  )
  const name = `<text class="value" x="${plot.left - 8}" y="${plot.bottom + 20}">epoch</text>`
  return [...rows, name, ...columns].join('\n')
}

const drawMark = ({ x }: Place, epoch: number): string =>
  `<path class="mark" d="M${x(epoch)} ${plot.top - 6}V${plot.bottom}"/>` +
  `<text x="${x(epoch)}" y="${plot.top - 11}">model</text>`

function drawLine({ x, y }: Place, { points }: Line, { shown, isMarked }: Chart): string {
  const dots = points.filter(({ epoch }) => points.length === 1 || (isMarked && epoch === shown))
  const corners = points.map(({ epoch, value }) => `${x(epoch)},${y(value)}`).join(' ')
  return [
    '<g class="line">',
    ...(points.length > 1 ? [`<polyline points="${corners}"/>`] : []),
    ...dots.map(({ epoch, value }) => `<circle cx="${x(epoch)}" cy="${y(value)}" r="4"/>`),
    '</g>',
  ].join('')
}

const drawLegend = ({ name, points }: Line, shown: number): string => {
  const value = points.find(({ epoch }) => epoch === shown)?.value
  return `<li>${name}${value === undefined ? '' : ` <b>${value.toFixed(3)}</b>`}</li>`
}

/** For those who do not see it: where each line begins, where the model is, and where it ends. */
function describe({ title, shown, isMarked }: Chart, lines: readonly Line[]): string {
  const texts = lines.map(({ name, points }) => {
    const told = points.filter(
      ({ epoch }, i) => i === 0 || epoch === shown || i === points.length - 1,
    )
    const values = told.map(({ epoch, value }) => {
      const which = isMarked && epoch === shown ? ', the model' : ''
      return `${value.toFixed(3)} at epoch ${epoch}${which}`
    })
    return `${name} ${values.join('; ')}.`
  })
  return `${title} by epoch. ${texts.join(' ')}`
}
