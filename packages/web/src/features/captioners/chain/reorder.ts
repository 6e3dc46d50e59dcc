/** The list with one item moved to another index. An index beyond an end means that end. */
export function moveItem<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const item = list[from]
  if (item === undefined) return [...list]
  const others = list.toSpliced(from, 1)
  return others.toSpliced(Math.max(0, Math.min(to, others.length)), 0, item)
}

/**
 * The index of a dragged row when the pointer is at `y`: after every other row whose middle is above it.
 * `middles` are those of the other rows.
 */
export const dropIndex = (middles: readonly number[], y: number): number =>
  middles.filter((middle) => middle < y).length
