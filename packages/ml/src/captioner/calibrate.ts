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
 * Logistic regression of the share on mean log p, by Newton's method on the cross-entropy; a step that
 * would make it greater is halved.
 * Source: Platt 1999, "Probabilistic Outputs for Support Vector Machines".
 */
export function calibrate(observed: readonly Observed[]): Calibration {
  let calibration: Calibration = { slope: 0, offset: 0 }
  for (let round = 0; round < 50; round++) {
    const { slope, offset } = newtonStep(calibration, observed)
    const after = (part: number): Calibration => ({
      slope: calibration.slope + part * slope,
      offset: calibration.offset + part * offset,
    })
    const now = crossEntropy(calibration, observed)
    let part = 1
    while (part > 1e-9 && !(crossEntropy(after(part), observed) <= now)) part /= 2
    if (part > 1e-9) calibration = after(part)
  }
  return calibration
}

function newtonStep(calibration: Calibration, observed: readonly Observed[]): Calibration {
  // Gradient and curvature, with a little of the identity to keep the system solvable.
  let [g0, g1, h00, h01, h11] = [0, 0, 1e-6, 0, 1e-6]
  for (const { meanLogProb: x, share } of observed) {
    const p = confidenceOf(calibration, x)
    const weight = p * (1 - p)
    g0 += p - share
    g1 += (p - share) * x
    h00 += weight
    h01 += weight * x
    h11 += weight * x * x
  }
  const determinant = h00 * h11 - h01 * h01
  return {
    slope: (h01 * g0 - h00 * g1) / determinant,
    offset: (h01 * g1 - h11 * g0) / determinant,
  }
}

/** Σ −share · ln p − (1 − share) · ln(1 − p), from z with p = 1 / (1 + e^−z). */
function crossEntropy({ slope, offset }: Calibration, observed: readonly Observed[]): number {
  return observed.reduce((sum, { meanLogProb, share }) => {
    const z = slope * meanLogProb + offset
    return sum + Math.max(z, 0) - share * z + Math.log1p(Math.exp(-Math.abs(z)))
  }, 0)
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
