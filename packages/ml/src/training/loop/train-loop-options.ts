import type { RunGraph } from '../../models/create-step.ts'
import type { LoadedModel } from '../../models/load-model.ts'
import type { ModelSettings } from '../../models/model-settings.ts'
import type { Random } from '../../random.ts'
import type { FeatureStore } from '../dataset/feature-store.ts'
import type { PreparedDataset } from '../dataset/prepared-dataset.ts'
import type { UnlabeledImages } from '../dataset/unlabeled-folder.ts'
import type { TeacherTargets } from '../teacher/teacher-targets.ts'
import type { TrainingSettings } from '../training-settings.ts'
import type { CaptionCounts } from './count-captions.ts'
import type { Batch } from './make-batch.ts'
import type { Losses } from './train-step.ts'
import type { TrainingData, TrainingImage } from './training-data.ts'

export type TrainLoopOptions = {
  data: PreparedDataset
  /** The backbone's features of the pictures, for a model without an encoder of its own. */
  features?: FeatureStore | undefined
  /** Another network whose features the encoder learns, with `settings.teaching`. */
  teacher?: Teacher | undefined
  /** Pictures without captions, of which the encoder learns the teacher's features. */
  unlabeled?: readonly UnlabeledImages[] | undefined
  out: string
  settings: TrainingSettings
  resume: boolean
  /** Images of the dev split whose loss is measured after each epoch; 500 if left out. */
  devImages?: number
  /** Weights and vocabulary to start from instead of random ones. */
  init?: LoadedModel | undefined
  /** Compiles a graph where it will run. */
  compile: (onnx: Uint8Array) => Promise<RunGraph>
  /** Scores the averaged weights after an epoch; the greatest `score` is kept as the model. */
  evaluate: (trained: Trained) => Promise<{ score: number; [name: string]: unknown }>
  /** Replaces the captions of a batch, for self-critical training. */
  sampleCaptions?: ((drawn: DrawnBatch) => Promise<SampledBatch>) | undefined
  /** Stops after the current step. */
  signal?: AbortSignal
  onStart?: ((start: StartReport) => void | Promise<void>) | undefined
  onStep?: ((step: StepReport) => void) | undefined
  onEpoch?: ((epoch: EpochReport) => void | Promise<void>) | undefined
}

export type Teacher = {
  /** Identifies the network and all that decides its targets: a run resumes only with the same. */
  id: string
  /** Of the targets. */
  channels: number
  /** Computes the targets, or finds those computed before; `grid` is the student's number of places a side. */
  open(grid: number): Promise<TeacherTargets>
}

export type DrawnBatch = {
  batch: Batch
  images: readonly TrainingImage[]
  /** The weights as they are. */
  values: ReadonlyMap<string, Float32Array>
  settings: ModelSettings
  words: Pick<TrainingData, 'vocabulary'>
  random: Random
}

/** `reward` is the mean reward of the sampled captions. */
export type SampledBatch = { batch: Batch; reward: number }

export type Trained = {
  settings: ModelSettings
  values: ReadonlyMap<string, Float32Array>
  words: Pick<TrainingData, 'vocabulary' | 'labels'>
  epoch: number
  /** Of the dev split; undefined without one, and where that loss is not learned. */
  devLoss: number | undefined
  devTeachLoss: number | undefined
  /** Views of each picture that the teacher was shown: fewer than were wanted where they would not fit. */
  teacherViews: number | undefined
  /** The later one of two that are equally good. */
  isBest: (score: number) => boolean
}

/** `epoch`: how many are done already. */
export type StartReport = { epoch: number } & CaptionCounts

export type StepReport = Losses & {
  epoch: number
  epochs: number
  step: number
  steps: number
  gradientNorm: number
  /** Of the captions sampled, in self-critical training. */
  reward?: number
  rate: number
  images: number
}

export type EpochReport = { epoch: number } & Losses & Record<string, unknown>
