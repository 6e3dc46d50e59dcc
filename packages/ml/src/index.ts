export { type Backbone, inspectBackbone } from './backbone/inspect-backbone.ts'
export { type Preprocessing, readPreprocessing } from './backbone/read-preprocessing.ts'
export { DecodeError } from './decode/decode-error.ts'
export type { DecodingMethod } from './decode/decode-options.ts'
export { findPulled, listPulled, type PulledRepository } from './hub/find-pulled.ts'
export { HubError } from './hub/hub-error.ts'
export type { HubSettings } from './hub/hub-settings.ts'
export { listRepository } from './hub/list-repository.ts'
export { pullFiles } from './hub/pull-files.ts'
export { removePulled } from './hub/remove-pulled.ts'
export { verifyPulled } from './hub/verify-pulled.ts'
export { decodeReduced } from './image/decode-reduced.ts'
export { decodeSquare } from './image/decode-square.ts'
export {
  type EncodedImage,
  encodeForSending,
  type SendingForm,
} from './image/encode-for-sending.ts'
export { ImageError, type ImageErrorCode } from './image/image-error.ts'
export { findImageKind, type ImageKind, imageHeadLength } from './image/image-kind.ts'
export { type ImageMeasures, measureImage } from './image/measure-image.ts'
export {
  type ImageLimits,
  type NormalizedImage,
  normalizeImage,
} from './image/normalize-image.ts'
export { batchCaptions, type SingleCaptioner } from './inference/batch-captions.ts'
export { builtinModelFolder } from './inference/builtin-model-folder.ts'
export {
  type CaptionedImage,
  type CaptionOptions,
  captionImages,
} from './inference/caption-images.ts'
export { type CaptionerSpeed, measureCaptionerSpeed } from './inference/measure-captioner-speed.ts'
export { type OpenCaptioner, openCaptioner } from './inference/open-captioner.ts'
export type { InferenceContext } from './inference/run-encoder.ts'
export { type BleuCounts, type BleuScore, bleu, scoreBleu } from './metrics/bleu.ts'
export { type CiderOptions, createCider, scoreCider } from './metrics/cider.ts'
export { countDocumentFrequency, type DocumentFrequency } from './metrics/document-frequency.ts'
export { collectVocabulary, loadMeteor, type Meteor } from './metrics/meteor/meteor.ts'
export { type CaptionPair, type Metric, type Score, scoreAll } from './metrics/metric.ts'
export { MetricError } from './metrics/metric-error.ts'
export { pairCaptions } from './metrics/pair-captions.ts'
export { tokenizeCaption, tokenizeCaptions } from './metrics/ptb/tokenize-captions.ts'
export { rougeL, scoreRougeL } from './metrics/rouge-l.ts'
export {
  type CaptionScores,
  type MetricName,
  metricNames,
  type ScoreKey,
  type Scores,
  scoreCaptions,
} from './metrics/score-captions.ts'
export { tokenizeGroups } from './metrics/tokenize-groups.ts'
export { tokenizePairs } from './metrics/tokenize-pairs.ts'
export { warnOfScores } from './metrics/warn-of-scores.ts'
export { countParameters } from './models/count-parameters.ts'
export { type LoadedModel, loadModel } from './models/load-model.ts'
export { type ModelCard, modelCardFormat, modelCardVersion } from './models/model-card.ts'
export { ModelError } from './models/model-error.ts'
export { type Architecture, architectures, type ModelSettings } from './models/model-settings.ts'
export { type ModelSize, modelSizes, type SizeName, withWords } from './models/model-sizes.ts'
export { saveCard, saveModel } from './models/save-model.ts'
export { OptionError } from './options/option-error.ts'
export { type Device, devices } from './runtime/device.ts'
export { openRuntime, type Runtime, type RuntimeOptions } from './runtime/runtime.ts'
export { RuntimeFailure } from './runtime/runtime-failure.ts'
export { createSessionCache } from './runtime/session-cache.ts'
export { DataError } from './training/dataset/data-error.ts'
export type {
  DatasetCard,
  DatasetFinding,
  DatasetFindings,
} from './training/dataset/dataset-card.ts'
export { type PrepareOptions, prepareDataset } from './training/dataset/prepare-dataset.ts'
export {
  openPreparedDataset,
  type PreparedDataset,
  type PreparedImage,
} from './training/dataset/prepared-dataset.ts'
export type { SourceImage } from './training/dataset/source-image.ts'
export { type Evaluation, evaluateModel } from './training/evaluation/evaluate-model.ts'
export {
  type EvaluationOptions,
  parseEvaluationOptions,
} from './training/evaluation/evaluation-options.ts'
export { trainLoop } from './training/loop/train-loop.ts'
export type {
  EpochReport,
  StartReport,
  StepReport,
  Trained,
} from './training/loop/train-loop-options.ts'
export { runTraining, type TrainingContext, type TrainingResult } from './training/run-training.ts'
export { TrainingError } from './training/training-error.ts'
export { parseTrainingOptions, type TrainingOptions } from './training/training-options.ts'
export type { OnTrainingProgress, TrainingProgress } from './training/training-progress.ts'
export {
  defaultSettings,
  defaultTeaching,
  type TeachingSettings,
  type TrainingSettings,
} from './training/training-settings.ts'
export { getVlm, listVlms, type PulledEntry, type PulledVlm } from './vlm/find-vlm.ts'
export { type KnownVlm, knownVlms } from './vlm/known-vlms.ts'
export { type OpenVlm, openVlm, type VlmOptions } from './vlm/open-vlm.ts'
export { pullVlm, type VlmPullStart } from './vlm/pull-vlm.ts'
export { nameDtypes, type VlmDtype, vlmDtypes } from './vlm/vlm-dtypes.ts'
export { VlmError, type VlmErrorCode } from './vlm/vlm-error.ts'
export {
  type FlorenceTask,
  florenceTasks,
  type VlmFamily,
  vlmFamilies,
} from './vlm/vlm-families.ts'
export type { VlmCaption, VlmRequest } from './vlm/vlm-messages.ts'
