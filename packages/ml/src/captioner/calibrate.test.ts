import { describe, expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { calibrate, calibrationError, confidenceOf, type Observed, observe } from './calibrate.ts'
import type { EvaluatedImage } from './evaluate-captioner.ts'

/** Mean log p between −4 and 0, as captions have it. */
const places = Array.from({ length: 41 }, (_, i) => -i / 10)

test.each([
  { slope: 1, offset: 0 },
  { slope: 2.5, offset: 1.75 },
  { slope: 0.3, offset: -1 },
  { slope: -1, offset: 0.5 },
])('a logistic relation is found again: %j', (truth) => {
  const observed = places.map((x) => ({ meanLogProb: x, share: confidenceOf(truth, x) }))
  const found = calibrate(observed)
  expect(found.slope).toBeCloseTo(truth.slope, 5)
  expect(found.offset).toBeCloseTo(truth.offset, 5)
})

test('among noise no other slope or offset has a smaller cross-entropy', () => {
  const random = createRandom(4)
  const observed = Array.from({ length: 300 }, () => {
    const x = -4 * random()
    return { meanLogProb: x, share: random() < confidenceOf({ slope: 2, offset: 3 }, x) ? 1 : 0 }
  })
  const { slope, offset } = calibrate(observed)
  const best = crossEntropy({ slope, offset }, observed)
  for (const [a, b] of [
    [0.01, 0],
    [-0.01, 0],
    [0, 0.01],
    [0, -0.01],
  ] as const) {
    expect(crossEntropy({ slope: slope + a, offset: offset + b }, observed)).toBeGreaterThan(best)
  }
})

test.each<[what: string, observed: Observed[]]>([
  ['nothing', []],
  ['one caption', [{ meanLogProb: -1, share: 0.5 }]],
  ['captions all alike', Array(50).fill({ meanLogProb: -1.5, share: 0.75 })],
  ['captions all right', places.map((x) => ({ meanLogProb: x, share: 1 }))],
  ['captions all wrong', places.map((x) => ({ meanLogProb: x, share: 0 }))],
  ['a sharp border', places.map((x) => ({ meanLogProb: x, share: x > -2.05 ? 1 : 0 }))],
  [
    'very small probabilities',
    places.map((x) => ({ meanLogProb: x * 30, share: x > -2 ? 0.9 : 0.3 })),
  ],
  [
    'opposite of what is thought',
    places.map((x) => ({ meanLogProb: x, share: x > -2 ? 0.1 : 0.9 })),
  ],
])('from %s comes a confidence that is a number and close to what was seen', (_what, observed) => {
  const calibration = calibrate(observed)
  for (const x of [...places, -120]) expect(confidenceOf(calibration, x)).toSatisfy(isShare)
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / (values.length || 1)
  const confidences = observed.map(({ meanLogProb }) => confidenceOf(calibration, meanLogProb))
  expect(mean(confidences)).toBeCloseTo(mean(observed.map(({ share }) => share)), 2)
})

describe('the calibration error', () => {
  const calibration = { slope: 1, offset: 0 }
  const logit = (p: number) => Math.log(p / (1 - p))

  test('is 0 where shares are what the confidence says', () => {
    const observed = places.map((x) => ({ meanLogProb: x, share: confidenceOf(calibration, x) }))
    expect(calibrationError(calibration, observed)).toBeCloseTo(0, 12)
    const half = { meanLogProb: 0, share: 0.5 }
    expect(
      calibrationError(calibration, [half, { ...half, share: 1 }, { ...half, share: 0 }]),
    ).toBe(0)
  })

  test('is the mean distance of the groups, weighted by their size', () => {
    const observed = [
      { meanLogProb: logit(0.25), share: 0.5 }, // 0.2 to 0.3: 0.25 too low, three times
      { meanLogProb: logit(0.25), share: 0.75 },
      { meanLogProb: logit(0.25), share: 0.25 },
      { meanLogProb: logit(0.95), share: 0.75 }, // 0.9 to 1: 0.2 too high
    ]
    expect(calibrationError(calibration, observed)).toBeCloseTo((3 * 0.25 + 0.2) / 4, 12)
  })

  test('has groups of a tenth: errors make up for each other within one, not between two', () => {
    const pair = (a: number, b: number) => [
      { meanLogProb: logit(a), share: a + 0.1 },
      { meanLogProb: logit(b), share: b - 0.1 },
    ]
    expect(calibrationError(calibration, pair(0.62, 0.69))).toBeCloseTo(0, 12)
    expect(calibrationError(calibration, pair(0.68, 0.72))).toBeCloseTo(0.1, 12)
  })

  test('counts a confidence of 1 to the last group, and is 0 without captions', () => {
    expect(calibrationError({ slope: 0, offset: 100 }, [{ meanLogProb: 0, share: 0.25 }])).toBe(
      0.75,
    )
    expect(calibrationError(calibration, [])).toBe(0)
  })
})

test('what is observed is the share of a caption’s words that people used for its picture', () => {
  const image = (hypothesis: string, captions = 1) =>
    ({
      captions: Array(captions).fill({ meanLogProb: -1.25 }),
      pair: { hypothesis, references: ['a dog runs', 'the brown dog'] },
    }) as unknown as EvaluatedImage
  expect(observe(image('a brown cat runs'))).toEqual([{ meanLogProb: -1.25, share: 0.75 }])
  expect(observe(image('a a a'))).toEqual([{ meanLogProb: -1.25, share: 1 }])
  expect(observe(image(''))).toEqual([])
  expect(observe(image('a dog', 0))).toEqual([])
})

const isShare = (value: number) => value >= 0 && value <= 1

const crossEntropy = (calibration: { slope: number; offset: number }, observed: Observed[]) =>
  observed.reduce((sum, { meanLogProb, share }) => {
    const p = confidenceOf(calibration, meanLogProb)
    return sum - share * Math.log(p) - (1 - share) * Math.log(1 - p)
  }, 0)
