/**
 * Arithmetic mean, 0 for no values. Summed with Neumaier's compensation, so that thousands of values
 * lose no digit that the reference implementation's pairwise sum keeps.
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) return 0
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return (sum + lost) / values.length
}
