import { type ModelSize, modelSizes } from '../models/model-sizes.ts'

/** What decides a run besides its data. The same settings, seed and data give the same weights. */
export type TrainingSettings = {
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
  /** Captions are sampled and judged by CIDEr, instead of taught. */
  selfCritical: boolean
  model: ModelSize
  /** Absent where there is no teacher. */
  teaching?: TeachingSettings
}

/** How the encoder learns from another network. */
export type TeachingSettings = {
  /** Of the teaching loss. */
  weight: number
  /** Views of each picture that the teacher sees; the first is the whole picture. */
  views: number
  /** Nothing else is learned: captions and labels do not count. */
  only: boolean
}

export const defaultTeaching: TeachingSettings = { weight: 1, views: 4, only: false }

export const defaultSettings: TrainingSettings = {
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
  selfCritical: false,
  model: modelSizes['cnn-transformer'].small,
}
