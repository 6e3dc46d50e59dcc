export { decodeReduced } from './image/decode-reduced.ts'
export { type EncodedImage, encodeForSending } from './image/encode-for-sending.ts'
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
export { tokenizePairs } from './metrics/tokenize-pairs.ts'
export { warnOfScores } from './metrics/warn-of-scores.ts'
