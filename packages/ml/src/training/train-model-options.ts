import type { Backbone } from '../backbone/inspect-backbone.ts'
import type { LoadedModel } from '../models/load-model.ts'
import type { RuntimeOptions } from '../runtime/runtime.ts'
import type { PreparedDataset } from './dataset/prepared-dataset.ts'
import type { OnTrainingProgress } from './training-progress.ts'
import type { TrainingSettings } from './training-settings.ts'

export type TrainModelOptions = {
  data: PreparedDataset
  /** A frozen network whose features the model starts from. */
  backbone?: Backbone | undefined
  /** Another network whose features the model's own encoder learns; with `settings.teaching`. */
  teacher?: Backbone | undefined
  /** Folders of images without captions, to learn from with the teacher. */
  unlabeled?: readonly string[]
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
  onProgress?: OnTrainingProgress
}
