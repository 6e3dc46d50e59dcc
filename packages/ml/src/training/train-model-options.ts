import type { Backbone } from '../backbone/inspect-backbone.ts'
import type { LoadedModel } from '../models/load-model.ts'
import type { RuntimeOptions } from '../runtime/runtime.ts'
import type { PreparedDataset } from './dataset/prepared-dataset.ts'
import type { EpochReport, StartReport, StepReport } from './loop/train-loop-options.ts'
import type { TrainingSettings } from './training-settings.ts'

export type TrainModelOptions = {
  data: PreparedDataset
  /** Looks at the pictures, for a model that starts from features. */
  backbone?: Backbone | undefined
  /** Another network whose features the model's own encoder learns; with `settings.teaching`. */
  teacher?: Backbone | undefined
  /** Folders of pictures without captions, to learn from with the teacher. */
  also?: readonly string[]
  /** Becomes a model folder with the best weights so far; holds checkpoint and curves, too. */
  out: string
  name: string
  settings: TrainingSettings
  dataLicence: string
  createdBy: string
  resume: boolean
  init?: { model: LoadedModel; folder: string } | undefined
  /** Images of the dev split that are captioned after each epoch, greedily. */
  devImages: number
  runtime: RuntimeOptions
  signal?: AbortSignal
  /** While the backbone or the teacher looks at the pictures, before the first epoch. */
  onPictures?: (progress: { done: number; total: number }) => void
  /** While pictures without captions are decoded. */
  onExtra?: (progress: { from: string; done: number; total: number }) => void
  /** Something worth knowing, as a sentence. */
  onNote?: (text: string) => void
  onStart?: (start: StartReport) => void
  onStep?: (step: StepReport) => void
  onEpoch?: (epoch: EpochReport) => void | Promise<void>
}
