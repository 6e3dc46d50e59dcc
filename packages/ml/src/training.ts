export type { ModelSettings } from './models/model-settings.ts'
export { modelSizes, withWords } from './models/model-sizes.ts'
export { OptionError } from './options/option-error.ts'
export { openRuntime } from './runtime/runtime.ts'
export type { DatasetCard, DatasetFindings } from './training/dataset/dataset-card.ts'
export { prepareDataset } from './training/dataset/prepare-dataset.ts'
export { openPreparedDataset } from './training/dataset/prepared-dataset.ts'
export { type Evaluation, evaluateModel } from './training/evaluation/evaluate-model.ts'
export {
  type EvaluationOptions,
  parseEvaluationOptions,
} from './training/evaluation/evaluation-options.ts'
export type { EpochReport, StartReport, StepReport } from './training/loop/train-loop-options.ts'
export { runTraining, type TrainingResult } from './training/run-training.ts'
export { parseTrainingOptions, type TrainingOptions } from './training/training-options.ts'
export type { TrainingProgress } from './training/training-progress.ts'
export { defaultSettings } from './training/training-settings.ts'
