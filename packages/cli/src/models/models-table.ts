import type { ListedModel } from './to-listing.ts'

export function modelsTable(models: readonly ListedModel[], folder: string): string {
  const rows = [HEAD, ...models.map(toRow)]
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [...lines, '', `Pulled models lie in ${folder}`].join('\n')
}

const HEAD = ['model', 'kind', 'writes', 'licence', 'download', 'here']

const toRow = ({ repository, family, styles, licence, megabytes, pulled }: ListedModel) => [
  repository,
  family ?? 'other',
  styles.join(' ') || '-',
  licence ?? 'none named',
  megabytes === null ? '-' : `${megabytes} MB`,
  here(pulled),
]

function here(pulled: ListedModel['pulled']): string {
  if (!pulled) return 'no'
  if (!pulled.whole) return 'in part: pull it again'
  return [`${toMb(pulled.bytes)} MB`, pulled.dtypes].filter(Boolean).join(' ')
}

export const toMb = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)
