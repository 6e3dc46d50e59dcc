import { expect, test } from 'vitest'
import { createRandom } from '../../random.ts'
import { fitRidge } from './fit-ridge.ts'

const random = createRandom(11)
const rows = center(Array.from({ length: 40 }, () => [random(), random() * 3, random() - 5]))
const targets = rows.map(([a, b, c]) => 2 * a! - b! + 0.5 * c! + random() * 0.3 + 4)

test('of one column the weight is the closed form: covariance by variance and λ', () => {
  const column = rows.map(([a]) => [a!])
  const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length
  const xy = column.reduce((sum, [x], i) => sum + x! * (targets[i]! - mean), 0)
  const xx = column.reduce((sum, [x]) => sum + x! ** 2, 0)
  for (const lambda of [0.5, 10]) {
    expect(fitRidge(column, targets, lambda)[0]).toBeCloseTo(xy / (xx + lambda), 12)
  }
})

test('no other weights cost less', () => {
  const lambda = 3
  const found = fitRidge(rows, targets, lambda)
  const least = costOf(found, lambda)
  for (const i of found.keys()) {
    for (const step of [-1e-3, 1e-3]) {
      const other = found.with(i, found[i]! + step)
      expect(costOf(other, lambda)).toBeGreaterThan(least)
    }
  }
})

test('a relation without noise is found again, nearly, with nearly no λ', () => {
  const exact = rows.map(([a, b, c]) => 2 * a! - b! + 0.5 * c! + 7)
  const found = fitRidge(rows, exact, 1e-9)
  for (const [i, weight] of [2, -1, 0.5].entries()) expect(found[i]).toBeCloseTo(weight, 6)
})

test('columns that are alike share the weight, and one of zeros gets none', () => {
  const [a, b, none] = fitRidge(
    rows.map(([x]) => [x!, x!, 0]),
    targets,
    1,
  )
  expect(a).toBeCloseTo(b!, 12)
  expect(none).toBe(0)
})

function costOf(weights: readonly number[], lambda: number): number {
  const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length
  const errors = rows.map(
    (row, i) => row.reduce((sum, x, j) => sum + x * weights[j]!, 0) - (targets[i]! - mean),
  )
  const squares = (values: readonly number[]) => values.reduce((sum, x) => sum + x * x, 0)
  return squares(errors) + lambda * squares(weights)
}

function center(table: number[][]): number[][] {
  const means = table[0]!.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0) / table.length)
  return table.map((row) => row.map((x, j) => x - means[j]!))
}
