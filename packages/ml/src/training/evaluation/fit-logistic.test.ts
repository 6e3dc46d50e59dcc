import { expect, test } from 'vitest'
import { type Logistic, logistic } from '../../inference/logistic.ts'
import { createRandom } from '../../random.ts'
import { fitLogistic } from './fit-logistic.ts'

type Point = { x: number; share: number }
const places = Array.from({ length: 41 }, (_, i) => -i / 10)

test.each([
  { slope: 1, offset: 0 },
  { slope: 2.5, offset: 1.75 },
  { slope: 0.3, offset: -1 },
  { slope: -1, offset: 0.5 },
])('a logistic relation is found again: %j', (truth) => {
  const found = fitLogistic(places.map((x) => ({ x, share: logistic(truth, x) })))
  expect(found.slope).toBeCloseTo(truth.slope, 5)
  expect(found.offset).toBeCloseTo(truth.offset, 5)
})

test('among noise no other slope or offset has a smaller cross-entropy', () => {
  const random = createRandom(4)
  const points = Array.from({ length: 300 }, () => {
    const x = -4 * random()
    return { x, share: random() < logistic({ slope: 2, offset: 3 }, x) ? 1 : 0 }
  })
  const { slope, offset } = fitLogistic(points)
  const best = crossEntropy({ slope, offset }, points)
  for (const [a, b] of [
    [0.01, 0],
    [-0.01, 0],
    [0, 0.01],
    [0, -0.01],
  ] as const) {
    expect(crossEntropy({ slope: slope + a, offset: offset + b }, points)).toBeGreaterThan(best)
  }
})

test.each<[what: string, points: Point[]]>([
  ['nothing', []],
  ['one point', [{ x: -1, share: 0.5 }]],
  ['points all alike', Array(50).fill({ x: -1.5, share: 0.75 })],
  ['shares of 1', places.map((x) => ({ x, share: 1 }))],
  ['shares of 0', places.map((x) => ({ x, share: 0 }))],
  ['a sharp border', places.map((x) => ({ x, share: x > -2.05 ? 1 : 0 }))],
  ['very small values', places.map((x) => ({ x: x * 30, share: x > -2 ? 0.9 : 0.3 }))],
])('from %s comes a function that is a share everywhere, and right on average', (_what, points) => {
  const found = fitLogistic(points)
  for (const x of [...places, -120]) {
    expect(logistic(found, x)).toSatisfy((p: number) => p >= 0 && p <= 1)
  }
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / (values.length || 1)
  expect(mean(points.map(({ x }) => logistic(found, x)))).toBeCloseTo(
    mean(points.map(({ share }) => share)),
    2,
  )
})

const crossEntropy = (fitted: Logistic, points: readonly Point[]) =>
  points.reduce((sum, { x, share }) => {
    const p = logistic(fitted, x)
    return sum - share * Math.log(p) - (1 - share) * Math.log(1 - p)
  }, 0)
