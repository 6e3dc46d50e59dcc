import type { CaptionFeatures } from '../../inference/caption-features.ts'
import { qualityOf, standardize } from '../../inference/confidence.ts'
import { rank } from '../../metrics/rank-correlation.ts'
import { type Calibration, featureNames } from '../../models/model-card.ts'
import { fitLogistic } from './fit-logistic.ts'
import { fitRidge } from './fit-ridge.ts'

/** What was known of a caption when it was made, and how good it proved to be. */
export type ScoredCaption = { features: CaptionFeatures; cider: number }

/**
 * The probability that a caption's CIDEr-D reaches `level`, in two steps: a ridge regression of the
 * features, brought to mean 0 and deviation 1, onto the rank of CIDEr-D, 0 to 1, which long tails do not
 * bend; then a logistic function of that quality. The function never falls: captions are more confident
 * for better quality, or all alike where the features say nothing.
 * Source of the second step, with its targets a little inside of 0 and 1: Platt 1999, "Probabilistic
 * Outputs for Support Vector Machines".
 */
export function calibrateConfidence(
  captions: readonly ScoredCaption[],
  level: number,
): Calibration {
  const features = featureNames.map((name) => {
    const values = captions.map((caption) => caption.features[name])
    return { name, ...momentsOf(values) }
  })
  const rows = captions.map((caption) => features.map((one) => standardize(one, caption.features)))
  const ranks = rank(captions.map(({ cider }) => cider)).map((r) => r / (captions.length + 1))
  const weights = fitRidge(rows, ranks, RIDGE)
  const weighted = features.map((one, i) => ({ ...one, weight: weights[i]! }))

  const reached = captions.filter(({ cider }) => cider >= level).length
  const high = (reached + 1) / (reached + 2)
  const low = 1 / (captions.length - reached + 2)
  const points = captions.map(({ features: found, cider }) => ({
    x: qualityOf({ features: weighted }, found),
    share: cider >= level ? high : low,
  }))
  const fitted = fitLogistic(points)
  const rising =
    fitted.slope >= 0 ? fitted : fitLogistic(points.map(({ share }) => ({ x: 0, share })))
  return { features: weighted, ...rising, level }
}

/**
 * Expected calibration error: captions in ten groups of equal confidence width; the mean distance
 * between a group's confidence and the share of it that came true, weighted by size.
 * Source: Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning".
 */
export function calibrationError(
  predictions: readonly { confidence: number; isCorrect: boolean }[],
): number {
  const distances = new Array<number>(10).fill(0)
  for (const { confidence, isCorrect } of predictions) {
    const group = Math.min(9, Math.floor(confidence * 10))
    distances[group]! += confidence - Number(isCorrect)
  }
  const sum = distances.reduce((total, distance) => total + Math.abs(distance), 0)
  return predictions.length === 0 ? 0 : sum / predictions.length
}

/** λ: what 10 more captions without any relation would add. */
const RIDGE = 10

function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) }
}
