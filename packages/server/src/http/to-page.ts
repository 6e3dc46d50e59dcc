import type { Page } from '@descry/contract'

/** Rows were asked for with one more than the page holds: that one says that there is a next page. */
export function toPage<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const next = rows.length > limit ? (shown.at(-1)?.id ?? null) : null
  return { items: shown.map(toItem), next }
}
