import type { CnnTransformerSettings } from '../models/cnn-transformer.ts'

/** What decides a run besides its data. The same settings, seed and data give the same weights. */
export type TrainSettings = {
  seed: number
  epochs: number
  /** Images a step. */
  batch: number
  /** Captions of each image a step. */
  captions: number
  /** Tokens of a caption in training, start or end included; longer ones are cut. */
  length: number
  /** Words that occur less often are unknown. */
  minimumCount: number
  /** Words for the auxiliary head. */
  labels: number
  /** Highest learning rate; the lowest is a fiftieth of it. */
  rate: number
  warmupEpochs: number
  weightDecay: number
  beta1: number
  beta2: number
  /** Longest gradient. */
  clip: number
  dropout: number
  smoothing: number
  /** Of the label loss; half of it in the last third. */
  labelWeight: number
  /** Of the running average of the weights. */
  averageDecay: number
  /** Smallest part of a picture's area that a training view shows. */
  leastArea: number
  colorRange: number
  model: Omit<CnnTransformerSettings, 'labels' | 'decoder'> & {
    decoder: Omit<CnnTransformerSettings['decoder'], 'vocabulary'>
  }
}

/** Sizes by name, for `cnn-transformer`. */
export const modelSizes = {
  /** 5.7 million parameters with 2,500 words: the built-in captioner's. */
  small: {
    imageSize: 112,
    encoder: { stem: 32, widths: [64, 128, 256], blocks: [1, 2, 2] },
    decoder: { width: 256, heads: 4, layers: 2, inner: 1024, length: 24 },
  },
  /** For tests and first tries: minutes on a laptop. */
  tiny: {
    imageSize: 48,
    encoder: { stem: 8, widths: [16, 32], blocks: [1, 1] },
    decoder: { width: 64, heads: 2, layers: 1, inner: 128, length: 24 },
  },
} as const satisfies Record<string, TrainSettings['model']>

export const defaultSettings: TrainSettings = {
  seed: 1,
  epochs: 60,
  batch: 64,
  captions: 2,
  length: 20,
  minimumCount: 5,
  labels: 600,
  rate: 1e-3,
  warmupEpochs: 2,
  weightDecay: 0.05,
  beta1: 0.9,
  beta2: 0.98,
  clip: 1,
  dropout: 0.2,
  smoothing: 0.1,
  labelWeight: 20,
  averageDecay: 0.998,
  leastArea: 0.55,
  colorRange: 0.3,
  model: modelSizes.small,
}
