export { type Backbone, inspectBackbone } from './backbone/inspect-backbone.ts'
export { type Preprocessing, readPreprocessing } from './backbone/read-preprocessing.ts'
export { batchCaptions, type SingleCaptioner } from './captioner/batch-captions.ts'
export { builtinModelFolder } from './captioner/builtin-model.ts'
export { confidenceOf } from './captioner/calibrate.ts'
export {
  type CaptionedImage,
  type CaptionOptions,
  captionImages,
} from './captioner/caption-images.ts'
export { captionSplit } from './captioner/evaluate-captioner.ts'
export {
  fitAnswers,
  isForFitting,
  measureAnswers,
  type ScoredImage,
} from './captioner/measure-answers.ts'
export { type CaptionerSpeed, measureCaptioner } from './captioner/measure-captioner.ts'
export { type OpenCaptioner, openCaptioner } from './captioner/open-captioner.ts'
export type { CaptionWith } from './captioner/run-encoder.ts'
export { trainModel } from './captioner/train-model.ts'
export type { TrainModelOptions } from './captioner/train-model-options.ts'
export { DecodeError } from './decode/decode-error.ts'
export type { Method } from './decode/decode-options.ts'
export { findPulled, listPulled, type PulledRepository } from './hub/find-pulled.ts'
export { HubError } from './hub/hub-error.ts'
export type { HubSettings } from './hub/hub-settings.ts'
export { listRepository } from './hub/list-repository.ts'
export { pullFiles } from './hub/pull-files.ts'
export { removePulled } from './hub/remove-pulled.ts'
export { verifyPulled } from './hub/verify-pulled.ts'
export { decodeReduced } from './image/decode-reduced.ts'
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
export { type Device, devices } from './runtime/device.ts'
export { openRuntime, type Runtime, type RuntimeOptions } from './runtime/runtime.ts'
export { RuntimeFailure } from './runtime/runtime-failure.ts'
export { createSessionCache } from './runtime/session-cache.ts'
export { DataError } from './train/data-error.ts'
export type { DatasetCard, DatasetFinding, DatasetFindings } from './train/dataset-card.ts'
export { type PrepareOptions, prepareDataset } from './train/prepare-dataset.ts'
export {
  openPreparedDataset,
  type PreparedDataset,
  type PreparedImage,
} from './train/prepared-dataset.ts'
export { decodeSquare, readSquare } from './train/read-square.ts'
export type { SourceImage } from './train/source-image.ts'
export { trainCaptioner } from './train/train-captioner.ts'
export { TrainError } from './train/train-error.ts'
export type { EpochReport, StartReport, StepReport, Trained } from './train/train-options.ts'
export {
  defaultSettings,
  defaultTeaching,
  type TeachingSettings,
  type TrainSettings,
} from './train/train-settings.ts'
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
