import { type Chart, drawChart, type Line } from './draw-chart.ts'
import type { Epoch } from './read-epochs.ts'

type Value = Exclude<keyof Epoch, 'epoch' | 'samples'>

const charts: readonly { title: string; note: string; lines: readonly [string, Value][] }[] = [
  {
    title: 'Caption loss',
    note: 'nats a word; less is better',
    lines: [
      ['dev', 'devLoss'],
      ['training', 'captionLoss'],
    ],
  },
  {
    title: 'Label loss',
    note: 'of single words; less is better',
    lines: [
      ['dev', 'devLabelLoss'],
      ['training', 'labelLoss'],
    ],
  },
  {
    title: 'Teaching loss',
    note: 'distance from the features of the teacher, 0 to 4; less is better',
    lines: [
      ['dev', 'devTeachLoss'],
      ['training', 'teachLoss'],
    ],
  },
  {
    title: 'CIDEr',
    note: 'of 0 to 10; more is better',
    lines: [['dev', 'CIDEr']],
  },
  {
    title: 'BLEU-4',
    note: 'of 0 to 1; more is better',
    lines: [['dev', 'Bleu_4']],
  },
  {
    title: 'Reward',
    note: 'CIDEr of the captions sampled in training',
    lines: [['training', 'reward']],
  },
]

/** One figure for each thing that was measured. */
export function drawCharts(
  epochs: readonly Epoch[],
  { shown, isMarked }: Pick<Chart, 'shown' | 'isMarked'>,
): string {
  const range = { first: epochs[0]?.epoch ?? 1, last: epochs.at(-1)?.epoch ?? 1 }
  return charts
    .map(({ title, note, lines }) => {
      const drawn = lines.map(([name, key]) => toLine(name, epochs, key))
      return drawChart({ title, note, lines: drawn, epochs: range, shown, isMarked })
    })
    .filter(Boolean)
    .join('\n')
}

const toLine = (name: string, epochs: readonly Epoch[], key: Value): Line => ({
  name,
  points: epochs.flatMap(({ epoch, [key]: value }) =>
    value === undefined ? [] : { epoch, value },
  ),
})
