import { expect, test } from 'vitest'
import { scorePhoto } from '../../inference/score-photo.ts'
import { createRandom } from '../../random.ts'
import { areaUnderCurve, chooseThreshold, fitPhotoScore } from './fit-photo-score.ts'

const random = createRandom(9)
/** About normal: the sum of twelve even numbers. */
const normal = () => Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6)

/** Two features that matter, on scales far from each other, one of noise and one that never varies. */
const draw = (count: number, shift: number) =>
  Array.from({ length: count }, () =>
    Float64Array.of(normal() + shift, 1000 * (normal() - shift), normal(), 7),
  )

const scoresOf = (fitted: ReturnType<typeof fitPhotoScore>, list: Float64Array[]) =>
  list.map((features) => scorePhoto({ ...fitted, threshold: 0 }, features))

test('what can be told apart is told apart, in pictures that were not fitted to', () => {
  const fitted = fitPhotoScore({ photos: draw(400, 1.5), others: draw(100, -1.5) })
  const [photos, others] = [scoresOf(fitted, draw(300, 1.5)), scoresOf(fitted, draw(300, -1.5))]
  expect(areaUnderCurve(photos, others)).toBeGreaterThan(0.99)
  expect(photos.filter((score) => score > 0.5).length).toBeGreaterThan(285)
  expect(others.filter((score) => score < 0.5).length).toBeGreaterThan(285)
})

test('no other weights have a smaller penalized cross-entropy', () => {
  const [photos, others] = [draw(200, 0.4), draw(50, -0.4)]
  const deviations = [1, 1000, 1]
  const fitted = fitPhotoScore({ photos, others }, { penalty: 0.05, rounds: 3000 })
  const spread = [0, 1, 2].map((i) => weightedDeviation(photos, others, i))
  const lossOf = ({ weights, bias }: typeof fitted) => {
    const entropy = (list: Float64Array[], isPhoto: boolean) =>
      scoresOf({ weights, bias }, list).reduce(
        (sum, p) => sum - Math.log(isPhoto ? p : 1 - p) / (2 * list.length),
        0,
      )
    const penalty = [0, 1, 2].reduce((sum, i) => sum + (weights[i]! * spread[i]!) ** 2, 0)
    return entropy(photos, true) + entropy(others, false) + 0.025 * penalty
  }
  const best = lossOf(fitted)
  for (const i of [0, 1, 2]) {
    for (const nudge of [0.02, -0.02]) {
      const weights = fitted.weights.map((w, j) => (i === j ? w + nudge / deviations[i]! : w))
      expect(lossOf({ ...fitted, weights })).toBeGreaterThan(best)
    }
  }
  expect(lossOf({ ...fitted, bias: fitted.bias + 0.02 })).toBeGreaterThan(best)
  expect(lossOf({ ...fitted, bias: fitted.bias - 0.02 })).toBeGreaterThan(best)
})

function weightedDeviation(photos: Float64Array[], others: Float64Array[], i: number): number {
  const mean = (of: (features: Float64Array) => number) =>
    [photos, others].reduce(
      (sum, list) =>
        sum + list.reduce((part, features) => part + of(features), 0) / list.length / 2,
      0,
    )
  const middle = mean((features) => features[i]!)
  return Math.sqrt(mean((features) => (features[i]! - middle) ** 2))
}

test('without photos, or without others, there is nothing to fit', () => {
  expect(() => fitPhotoScore({ photos: [], others: draw(3, 0) })).toThrow(RangeError)
  expect(() => fitPhotoScore({ photos: draw(3, 0), others: [] })).toThrow(RangeError)
})

test('the threshold turns down the share of photos that is asked for, and no more', () => {
  const scores = Array.from({ length: 200 }, (_, i) => i / 200).reverse()
  const threshold = chooseThreshold(scores, 0.03)
  expect(scores.filter((score) => score < threshold)).toHaveLength(6)
  expect(chooseThreshold(scores, 0)).toBe(0)
  expect(chooseThreshold(Array(100).fill(0.5), 0.03)).toBe(0.5) // none of equal ones is below
})

test.each([
  { photos: [0.9, 0.8], others: [0.1, 0.2], area: 1 },
  { photos: [0.1, 0.2], others: [0.9, 0.8], area: 0 },
  { photos: [0.5, 0.5], others: [0.5], area: 0.5 },
  { photos: [0.9, 0.3], others: [0.5, 0.1], area: 0.75 },
])('the area under the curve of %j', ({ photos, others, area }) => {
  expect(areaUnderCurve(photos, others)).toBe(area)
})
