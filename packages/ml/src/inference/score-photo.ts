import { pixelStatistics } from '../image/pixel-statistics.ts'
import type { ModelCard } from '../models/model-card.ts'

/** Tells photos of the kind that a model learned from, from anything else. */
export type PhotoScore = NonNullable<ModelCard['photo']>

/** The input of the score: the encoder's pooled features of a picture, then its pixel statistics. */
export function photoFeatures(
  pooled: Float32Array,
  { pixels, square }: { pixels: Uint8Array; square: number },
): Float64Array {
  return Float64Array.of(...pooled, ...pixelStatistics(pixels, square))
}

/** 1 / (1 + e^−(weights · features + bias)), 0 to 1: from the threshold on it is a photo. */
export function scorePhoto({ weights, bias }: PhotoScore, features: Float64Array): number {
  return 1 / (1 + Math.exp(-weights.reduce((sum, weight, i) => sum + weight * features[i]!, bias)))
}
