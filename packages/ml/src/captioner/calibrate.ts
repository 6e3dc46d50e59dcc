import type { EvaluatedImage } from './evaluate-captioner.ts'

/** confidence = 1 / (1 + e^−(slope · mean log p + offset)) */
export type Calibration = { slope: number; offset: number }

/** A caption's mean log p, and the share of its words that are in a reference of its image. */
export type Observed = { meanLogProb: number; share: number }

/**
 * What the confidence is about: how many of the caption's words people used, too, for this picture.
 */
export function observe({ captions, pair }: EvaluatedImage): Observed[] {
  const [caption] = captions
  const words = pair.hypothesis.split(' ').filter(Boolean)
  if (!caption || words.length === 0) return []
  const said = new Set(pair.references.flatMap((text) => text.split(' ')))
  const share = words.filter((word) => said.has(word)).length / words.length
  return [{ meanLogProb: caption.meanLogProb, share }]
}

/**
 * Logistic regression of the share on mean log p, by Newton's method on the cross-entropy. It begins at
 * 0, where the curvature is greatest and no step too long; from 1 it ran away where the slope is far from 1.
 * Source: Platt 1999, "Probabilistic Outputs for Support Vector Machines".
 */
export function calibrate(observed: readonly Observed[]): Calibration {
  let slope = 0
  let offset = 0
  for (let round = 0; round < 50; round++) {
    // Gradient and curvature, with a little of the identity to keep the system solvable.
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-6, 0, 1e-6]
    for (const { meanLogProb: x, share } of observed) {
      const p = confidenceOf({ slope, offset }, x)
      const weight = p * (1 - p)
      g0 += p - share
      g1 += (p - share) * x
      h00 += weight
      h01 += weight * x
      h11 += weight * x * x
    }
    const determinant = h00 * h11 - h01 * h01
    offset -= (h11 * g0 - h01 * g1) / determinant
    slope -= (h00 * g1 - h01 * g0) / determinant
  }
  return { slope, offset }
}

export const confidenceOf = ({ slope, offset }: Calibration, meanLogProb: number): number =>
  1 / (1 + Math.exp(-(slope * meanLogProb + offset)))

/**
 * Expected calibration error: captions in ten groups of equal confidence width; the mean distance
 * between a group's confidence and its share, weighted by size.
 * Source: Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning".
 */
export function calibrationError(calibration: Calibration, observed: readonly Observed[]): number {
  const groups = Array.from({ length: 10 }, () => ({ confidence: 0, share: 0 }))
  for (const { meanLogProb, share } of observed) {
    const confidence = confidenceOf(calibration, meanLogProb)
    const group = groups[Math.min(9, Math.floor(confidence * 10))]!
    group.confidence += confidence
    group.share += share
  }
  const distance = groups.reduce((sum, group) => sum + Math.abs(group.confidence - group.share), 0)
  return observed.length === 0 ? 0 : distance / observed.length
}
