/**
 * Ridge regression: the weights w that make Σᵢ (wᵀxᵢ − (yᵢ − ȳ))² + λ·|w|² smallest, for rows whose
 * columns have mean 0. They solve (XᵀX + λI)·w = Xᵀ(y − ȳ).
 * Source: Hoerl and Kennard 1970, "Ridge Regression: Biased Estimation for Nonorthogonal Problems".
 */
export function fitRidge(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  lambda: number,
): number[] {
  const n = rows[0]?.length ?? 0
  const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length
  const system = Array.from({ length: n }, (_, i) => {
    const products = Array.from({ length: n }, (_, j) => sumOf(rows, (x) => x[i]! * x[j]!))
    products[i]! += lambda
    return [...products, sumOf(rows, (x, row) => x[i]! * (targets[row]! - mean))]
  })
  return solve(system)
}

const sumOf = (
  rows: readonly (readonly number[])[],
  term: (x: readonly number[], row: number) => number,
): number => rows.reduce((sum, x, row) => sum + term(x, row), 0)

/**
 * Gauss-Jordan elimination of [n, n + 1], equations with their right-hand side, in place. Without
 * pivoting: with λ > 0 the matrix is positive definite.
 */
function solve(system: number[][]): number[] {
  for (const [i, row] of system.entries()) {
    const pivot = row[i]!
    for (let k = 0; k < row.length; k++) row[k]! /= pivot
    for (const [j, other] of system.entries()) {
      const factor = other[i]!
      if (j === i) continue
      for (let k = 0; k < row.length; k++) other[k]! -= factor * row[k]!
    }
  }
  return system.map((row) => row.at(-1)!)
}
