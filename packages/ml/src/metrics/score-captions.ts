import { bleu } from './bleu.ts'
import { createCider } from './cider.ts'
import type { DocumentFrequency } from './document-frequency.ts'
import type { Meteor } from './meteor/meteor.ts'
import type { CaptionPair } from './metric.ts'
import { scoreAll } from './metric.ts'
import { rougeL } from './rouge-l.ts'

export const metricNames = ['bleu', 'meteor', 'rouge', 'cider', 'cider-original'] as const
export type MetricName = (typeof metricNames)[number]

/** Keys as the COCO caption evaluation writes them; `CIDEr` is CIDEr-D there. */
type ScoreKey =
  | 'Bleu_1'
  | 'Bleu_2'
  | 'Bleu_3'
  | 'Bleu_4'
  | 'METEOR'
  | 'ROUGE_L'
  | 'CIDEr'
  | 'CIDEr_original'

type Scores = Partial<Record<ScoreKey, number>>

export type CaptionScores = {
  corpus: Scores
  /** In the order of the pairs. */
  perImage: Scores[]
}

export type ScoreOptions = {
  metrics: readonly MetricName[]
  /** Needed for `meteor`; see `loadMeteor`. */
  meteor?: Meteor | undefined
  /** For CIDEr; default: the references scored. */
  documentFrequency?: DocumentFrequency | undefined
}

/** Scores tokenized captions with several metrics; keys come in the order of the COCO evaluation. */
export function scoreCaptions(pairs: readonly CaptionPair[], options: ScoreOptions): CaptionScores {
  const columns = metricNames
    .filter((name) => options.metrics.includes(name))
    .flatMap((name) => scorers[name](pairs, options))
  const collect = (read: (column: Column) => number | undefined): Scores =>
    Object.fromEntries(columns.map((column) => [column.key, read(column)]))
  return {
    corpus: collect(({ corpus }) => corpus),
    perImage: pairs.map((_, image) => collect(({ perImage }) => perImage[image])),
  }
}

type Column = { key: ScoreKey; corpus: number; perImage: readonly number[] }
type Scorer = (pairs: readonly CaptionPair[], options: ScoreOptions) => Column[]

const bleuKeys = ['Bleu_1', 'Bleu_2', 'Bleu_3', 'Bleu_4'] as const

const scorers: Record<MetricName, Scorer> = {
  bleu(pairs) {
    const { corpus, perImage } = scoreAll(bleu, pairs)
    return bleuKeys.map((key, i) => ({
      key,
      corpus: corpus[i]!,
      perImage: perImage.map((scores) => scores[i]!),
    }))
  },
  meteor(pairs, { meteor }) {
    if (!meteor) throw new TypeError('METEOR needs its tables: pass what loadMeteor returned.')
    return [{ key: 'METEOR', ...meteor.score(pairs) }]
  },
  rouge: (pairs) => [{ key: 'ROUGE_L', ...scoreAll(rougeL, pairs) }],
  cider: (pairs, { documentFrequency }) => [
    { key: 'CIDEr', ...scoreAll(createCider({ documentFrequency }), pairs) },
  ],
  'cider-original': (pairs, { documentFrequency }) => [
    {
      key: 'CIDEr_original',
      ...scoreAll(createCider({ variant: 'cider', documentFrequency }), pairs),
    },
  ],
}
