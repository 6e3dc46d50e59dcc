export {
  captionMetrics,
  defaultMetrics,
  type MetricName,
  metricNames,
  usesResource,
} from './metrics/caption-metrics.ts'
export { countDocumentFrequency, type DocumentFrequency } from './metrics/document-frequency.ts'
export { collectVocabulary, loadMeteor, type Meteor } from './metrics/meteor/meteor.ts'
export type { CaptionPair } from './metrics/metric.ts'
export { pairCaptions, warnOf } from './metrics/pair-captions.ts'
export { type CaptionScores, scoreCaptions } from './metrics/score-captions.ts'
export { tokenizeGroups, tokenizePairs } from './metrics/tokenize-pairs.ts'
export { warnOfScores } from './metrics/warn-of-scores.ts'
