import { expect, test } from 'vitest'
import { resampleWeights } from './resample-weights.ts'

const apply = (from: number, to: number, map: readonly number[]): number[] => {
  const weights = resampleWeights(from, to)
  return Array.from({ length: to * to }, (_, place) =>
    map.reduce((sum, value, old) => sum + value * weights[place * from * from + old]!, 0),
  )
}

test('a map of the same grid stays as it is', () => {
  const map = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  expect(apply(3, 3, map)).toEqual(map)
})

test.each([
  [14, 7],
  [7, 14],
  [7, 5],
  [2, 7],
  [1, 3],
])('an even map of %i stays even on a grid of %i', (from, to) => {
  for (const value of apply(from, to, new Array(from * from).fill(3))) {
    expect(value).toBeCloseTo(3, 5)
  }
})

test('a slope stays a slope, and its mirror image becomes the mirror image', () => {
  const slope = Array.from({ length: 36 }, (_, i) => i % 6)
  const coarse = apply(6, 3, slope)
  expect(coarse.slice(0, 3)).toEqual(coarse.slice(0, 3).toSorted((a, b) => a - b))
  const mirrored = apply(
    6,
    3,
    slope.map((value) => 5 - value),
  )
  expect(mirrored.slice(0, 3).map((value) => value.toFixed(5))).toEqual(
    coarse
      .slice(0, 3)
      .toReversed()
      .map((value) => value.toFixed(5)),
  )
})
