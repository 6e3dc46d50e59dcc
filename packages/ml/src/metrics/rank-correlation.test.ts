import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { rankCorrelation } from './rank-correlation.ts'

const random = createRandom(7)
const draw = (count: number, values: number) =>
  Array.from({ length: count }, () => Math.floor(random() * values))

/** By the definition: a rank is how many are less, half of how many are equal, and one half. */
function slowCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranks = (values: readonly number[]) =>
    values.map((value) => {
      const less = values.filter((other) => other < value).length
      const equal = values.filter((other) => other === value).length
      return less + equal / 2 + 0.5
    })
  const mean = (values: readonly number[]) => values.reduce((x, y) => x + y, 0) / values.length
  const center = (values: readonly number[]) => values.map((value) => value - mean(values))
  const product = (x: readonly number[], y: readonly number[]) =>
    mean(x.map((value, i) => value * y[i]!))
  const [x, y] = [center(ranks(a)), center(ranks(b))]
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}

test.each([
  ['without ties', 1e9],
  ['with many ties', 8],
  ['with hardly anything but ties', 2],
])('%s it is what the definition says', (_what, values) => {
  for (let round = 0; round < 20; round++) {
    const a = [...draw(20, values), 0, 1]
    const b = [...draw(20, values), 0, 1]
    expect(rankCorrelation(a, b)).toBeCloseTo(slowCorrelation(a, b), 12)
  }
})

test('only the order counts', () => {
  expect(rankCorrelation([1, 2, 3, 4], [-9, 0, 0.1, 1e9])).toBe(1)
  expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1)
})

test('a published example gives its published value', () => {
  // IQ and hours of television: https://en.wikipedia.org/wiki/Spearman's_rank_correlation_coefficient
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
  expect(rankCorrelation(iq, hours)).toBeCloseTo(-29 / 165, 12)
})

test('nothing is known where all values are equal, or there are none', () => {
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBe(0)
  expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBe(0)
  expect(rankCorrelation([], [])).toBe(0)
})

test('lists of different lengths are refused', () => {
  expect(() => rankCorrelation([1, 2], [1])).toThrow('2 values cannot be compared with 1.')
})
