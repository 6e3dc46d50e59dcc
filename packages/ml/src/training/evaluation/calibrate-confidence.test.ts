import { describe, expect, test } from 'vitest'
import { confidenceOf } from '../../inference/confidence.ts'
import { rankCorrelation } from '../../metrics/rank-correlation.ts'
import { createRandom } from '../../random.ts'
import {
  calibrateConfidence,
  calibrationError,
  type ScoredCaption,
} from './calibrate-confidence.ts'

const LEVEL = 0.4

/** Captions whose CIDEr-D depends on two of the features, in no straight line, and on chance. */
function makeCaptions(count: number, { seed, noise }: { seed: number; noise: number }) {
  const random = createRandom(seed)
  return Array.from({ length: count }, (): ScoredCaption => {
    const features = {
      meanLogProb: -2 * random(),
      labelSupport: random(),
      labelledWords: Math.floor(random() * 6),
    }
    const quality = features.meanLogProb + 2 * features.labelSupport + noise * (random() - 0.5)
    return { features, cider: Math.exp(quality) / 3 }
  })
}

const forecast = (captions: readonly ScoredCaption[], fittedOn: readonly ScoredCaption[]) => {
  const calibration = calibrateConfidence(fittedOn, LEVEL)
  return captions.map(({ features, cider }) => ({
    confidence: confidenceOf(calibration, features),
    cider,
    isCorrect: cider >= LEVEL,
  }))
}

test('on captions it was not fitted on, confidence is ordered as quality is, and comes true', () => {
  const predictions = forecast(
    makeCaptions(2000, { seed: 1, noise: 2 }),
    makeCaptions(500, { seed: 2, noise: 2 }),
  )
  const correlation = rankCorrelation(
    predictions.map(({ confidence }) => confidence),
    predictions.map(({ cider }) => cider),
  )
  expect(correlation).toBeGreaterThan(0.75)
  expect(calibrationError(predictions)).toBeLessThan(0.05)
})

test('features that have nothing to do with it weigh little', () => {
  const { features } = calibrateConfidence(makeCaptions(1000, { seed: 3, noise: 0.5 }), LEVEL)
  const weights = Object.fromEntries(features.map(({ name, weight }) => [name, weight]))
  expect(weights.labelSupport).toBeGreaterThan(0.1)
  expect(weights.meanLogProb).toBeGreaterThan(0.1)
  expect(Math.abs(weights.labelledWords!)).toBeLessThan(0.02)
})

test('the scale of CIDEr-D does not matter, only its order and the level', () => {
  const captions = makeCaptions(200, { seed: 4, noise: 1 })
  const squared = captions.map(({ features, cider }) => ({ features, cider: cider ** 2 }))
  const { level: _, ...found } = calibrateConfidence(captions, LEVEL)
  expect(calibrateConfidence(squared, LEVEL ** 2)).toEqual({ ...found, level: LEVEL ** 2 })
})

const alike = makeCaptions(1, { seed: 5, noise: 1 })[0]!
const some = makeCaptions(60, { seed: 6, noise: 1 })

test.each<[what: string, captions: ScoredCaption[]]>([
  ['captions all alike', Array(20).fill(alike)],
  ['captions all good', some.map((caption) => ({ ...caption, cider: 1 + caption.cider }))],
  ['captions all bad', some.map((caption) => ({ ...caption, cider: 0 }))],
  ['captions without any relation', makeCaptions(60, { seed: 7, noise: 1000 })],
])('from %s comes a confidence that is a share and right on average', (_what, captions) => {
  const predictions = forecast(captions, captions)
  for (const { confidence } of predictions) {
    expect(confidence).toBeGreaterThan(0)
    expect(confidence).toBeLessThan(1)
  }
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length
  const reached = mean(predictions.map(({ isCorrect }) => Number(isCorrect)))
  // Platt's targets keep away from certainty: by one caption of 22 at most.
  expect(Math.abs(mean(predictions.map(({ confidence }) => confidence)) - reached)).toBeLessThan(
    0.05,
  )
})

test('better quality never means less confidence', () => {
  for (let seed = 10; seed < 40; seed++) {
    expect(
      calibrateConfidence(makeCaptions(12, { seed, noise: 50 }), LEVEL).slope,
    ).toBeGreaterThanOrEqual(0)
  }
})

describe('the calibration error', () => {
  const group = (confidence: number, ...outcomes: number[]) =>
    outcomes.map((outcome) => ({ confidence, isCorrect: outcome === 1 }))

  test('is 0 where as many come true as the confidence says', () => {
    expect(calibrationError(group(0.25, 1, 0, 0, 0))).toBe(0)
  })

  test('is the mean distance of the groups, weighted by their size', () => {
    const predictions = [...group(0.25, 1, 1, 0), ...group(0.95, 1)]
    expect(calibrationError(predictions)).toBeCloseTo((3 * (2 / 3 - 0.25) + 0.05) / 4, 12)
  })

  test('has groups of a tenth: errors make up for each other within one, not between two', () => {
    expect(calibrationError([...group(0.42, 1), ...group(0.48, 0)])).toBeCloseTo(0.05, 12)
    expect(calibrationError([...group(0.38, 1), ...group(0.42, 0)])).toBeCloseTo(0.52, 12)
  })

  test('counts a confidence of 1 to the last group, and is 0 without captions', () => {
    expect(calibrationError([...group(1, 0), ...group(0.9, 1)])).toBeCloseTo(0.45, 12)
    expect(calibrationError([])).toBe(0)
  })
})
