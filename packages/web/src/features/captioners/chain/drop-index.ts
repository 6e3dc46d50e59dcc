/**
 * Where a dragged row belongs when the pointer is at `y`: after every other row whose middle is above it.
 * `middles` are those of the other rows.
 */
export const dropIndex = (middles: readonly number[], y: number): number =>
  middles.filter((middle) => middle < y).length
