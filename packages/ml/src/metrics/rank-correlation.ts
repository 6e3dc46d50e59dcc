/**
 * Spearman's rank correlation, −1 to 1: Pearson's correlation of the ranks, where equal values share the
 * mean of their ranks. 0 where one side is all alike, which says nothing about the other.
 * Source: Spearman 1904, "The Proof and Measurement of Association between Two Things".
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) {
    throw new RangeError(`${a.length} values cannot be compared with ${b.length}.`)
  }
  const middle = (a.length + 1) / 2
  const ranksOfB = rank(b)
  let [ab, aa, bb] = [0, 0, 0]
  for (const [i, rankOfA] of rank(a).entries()) {
    const x = rankOfA - middle
    const y = ranksOfB[i]! - middle
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb)
}

/** From 1 for the least; equal values share the mean of their ranks. */
export function rank(values: readonly number[]): number[] {
  const order = [...values.keys()].toSorted((i, j) => values[i]! - values[j]!)
  const ranks = new Array<number>(values.length)
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (const i of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2
  }
  return ranks
}
