import type { DatasetCard, DatasetFindings } from '@descry/ml/training'

/** For people: a line a split, then what was left out and what to know, with examples. */
export function toDataTable(card: DatasetCard & { folder: string }): string {
  const { splits, imageSize, source, folder } = card
  const rows = Object.entries(splits).filter(
    ([name, { images }]) => images > 0 || name !== 'unused',
  )
  const lines = [
    formatRow(['split', 'images', 'captions']),
    ...rows.map(([name, { images, captions }]) => formatRow([name, `${images}`, `${captions}`])),
    '',
    `${folder}: ${imageSize} × ${imageSize} pixels; splits ${source.splits}${source.segmenter === undefined ? '' : `; words by ${source.segmenter}`}`,
    ...listFindings('Left out', card.leftOut),
    ...listFindings('Warnings', card.warnings),
  ]
  return `${lines.join('\n')}\n`
}

const formatRow = ([name = '', ...counts]: string[]) =>
  [name.padEnd(6), ...counts.map((count) => count.padStart(9))].join('')

function listFindings(title: string, { count, byReason, items }: DatasetFindings): string[] {
  if (count === 0) return []
  const reasons = Object.entries(byReason).flatMap(([reason, total]) => {
    const examples = items.filter((item) => item.reason === reason).slice(0, EXAMPLES)
    const named = examples.map(({ what, detail }) => `    ${detail ? `${what}: ${detail}` : what}`)
    const more = total > examples.length ? [`    and ${total - examples.length} more`] : []
    return [`  ${reason} ${total}`, ...named, ...more]
  })
  return ['', `${title}: ${count}`, ...reasons]
}

const EXAMPLES = 5
