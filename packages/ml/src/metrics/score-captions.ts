import type { MetricResources, ScoreColumn } from './caption-metric.ts'
import { captionMetrics, type MetricName } from './caption-metrics.ts'
import type { CaptionPair } from './metric.ts'

export type CaptionScores = {
  /** By the keys of the columns, such as `Bleu_1`. */
  corpus: Record<string, number>
  /** In the order of the pairs. */
  perImage: Record<string, number>[]
}

export type ScoreOptions = MetricResources & { metrics: readonly MetricName[] }

/** Scores tokenized captions with several metrics; keys come in the order of the list of metrics. */
export function scoreCaptions(pairs: readonly CaptionPair[], options: ScoreOptions): CaptionScores {
  const columns: ScoreColumn[] = captionMetrics
    .filter(({ name }) => options.metrics.includes(name))
    .flatMap((metric) => metric.score(pairs, options))
  const collect = (read: (column: ScoreColumn) => number): Record<string, number> =>
    Object.fromEntries(columns.map((column) => [column.key, read(column)]))
  return {
    corpus: collect(({ corpus }) => corpus),
    perImage: pairs.map((_, image) => collect(({ perImage }) => perImage[image]!)),
  }
}
