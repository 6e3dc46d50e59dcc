import { toVisible } from '../to-visible.ts'
import type { ScoreReport } from './score-files.ts'

/** For people: a line a metric, or, with `perImage`, a line an image and the corpus in the last one. */
export function toScoreTable(report: ScoreReport, { perImage }: { perImage: boolean }): string {
  const { corpus, ids, references, meteorVariant, segmenter } = report
  const counted = `${count(ids.length, 'image')}, ${count(references, 'reference')}`
  const lines = perImage ? listImages(report) : listMetrics(corpus)
  const notes = [
    ...(meteorVariant === undefined ? [] : [describeMeteor(meteorVariant)]),
    ...(segmenter === undefined ? [] : [`words by ${segmenter}`]),
  ]
  return `${[...lines, '', [counted, ...notes].join('; ')].join('\n')}\n`
}

function describeMeteor(variant: string): string {
  const missing = variant.endsWith('pa')
    ? ''
    : ', without paraphrases: about 3 % below published ones'
  return `METEOR 1.5 (${variant})${missing}`
}

function listMetrics(corpus: ScoreReport['corpus']): string[] {
  const width = Math.max(...Object.keys(corpus).map((key) => key.length))
  return Object.entries(corpus).map(([key, value]) => `${key.padEnd(width)}  ${format(value)}`)
}

function listImages({ ids, perImage, corpus }: ScoreReport): string[] {
  const keys = Object.keys(corpus)
  const rows = [
    ['image', ...keys],
    ...perImage.map((scores, i) => [toVisible(ids[i] ?? ''), ...Object.values(scores).map(format)]),
    ['all', ...Object.values(corpus).map(format)],
  ]
  const widths = rows[0]?.map((_, column) =>
    rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0),
  )
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths?.[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const format = (value: number) => value.toFixed(4)

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
