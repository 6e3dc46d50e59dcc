import type { DocumentFrequency } from './document-frequency.ts'
import type { Meteor } from './meteor/meteor.ts'
import type { CaptionPair } from './metric.ts'

/** A way to score captions, as `captionMetrics` lists them all. */
export type CaptionMetric = {
  /** By which it is chosen. */
  name: string
  /** For help texts, as the end of a line. */
  about: string
  /** Whether it is part of a score when nobody chooses. */
  isDefault: boolean
  /** What it takes besides captions, if anything. */
  uses: keyof MetricResources | null
  /** One column or several, for tokenized captions. */
  score(pairs: readonly CaptionPair[], resources: MetricResources): ScoreColumn[]
}

export type ScoreColumn = {
  /** As the COCO caption evaluation writes it, if it knows the metric. */
  key: string
  corpus: number
  /** In the order of the pairs. */
  perImage: readonly number[]
}

export type MetricResources = {
  /** See `loadMeteor`. */
  meteor?: Meteor | undefined
  /** Default: that of the references scored. */
  documentFrequency?: DocumentFrequency | undefined
}
