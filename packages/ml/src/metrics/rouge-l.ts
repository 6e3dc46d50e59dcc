import type { CaptionMetric } from './caption-metric.ts'
import { append, type Chain, toArray } from './chain.ts'
import { mean } from './mean.ts'
import { type CaptionPair, type Metric, type Score, scoreAll } from './metric.ts'
import { requireReferences } from './require-references.ts'

export type RougeLState = Chain<number>

/**
 * ROUGE-L: F-measure of the longest common subsequence (LCS) of words.
 *
 *   P = max_j LCS(c, r_j) / |c|    R = max_j LCS(c, r_j) / |r_j|    (each maximum on its own)
 *   F = (1 + β²) P R / (R + β² P),  β = 1.2;  0 if P or R is 0;  corpus = mean over images
 *
 * Words are split at single spaces, so an empty text is one empty word, as in the COCO caption
 * evaluation (`rouge.py`).
 * Source: Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries".
 */
export const rougeL: Metric<RougeLState, Score> = {
  init: () => undefined,
  update: (state, pair) => append(state, scorePair(pair)),
  result(state) {
    const perImage = toArray(state)
    return { corpus: mean(perImage), perImage }
  },
}

export const scoreRougeL = (pairs: Iterable<CaptionPair>): Score => scoreAll(rougeL, pairs)

export const rougeMetric = {
  name: 'rouge',
  about: 'ROUGE-L',
  isDefault: true,
  uses: null,
  score: (pairs) => [{ key: 'ROUGE_L', ...scoreRougeL(pairs) }],
} as const satisfies CaptionMetric

const BETA = 1.2

function scorePair(pair: CaptionPair): number {
  requireReferences(pair)
  const hypothesis = pair.hypothesis.split(' ')
  let precision = 0
  let recall = 0
  for (const text of pair.references) {
    const reference = text.split(' ')
    const length = longestCommonSubsequence(hypothesis, reference)
    precision = Math.max(precision, length / hypothesis.length)
    recall = Math.max(recall, length / reference.length)
  }
  if (precision === 0 || recall === 0) return 0
  return ((1 + BETA ** 2) * precision * recall) / (recall + BETA ** 2 * precision)
}

/** Its length in words. Two rows of the usual table: row i holds the LCS of a[0…i] and b[0…j]. */
function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1)
  let row = new Uint32Array(b.length + 1)
  for (const word of a) {
    for (let j = 0; j < b.length; j++) {
      row[j + 1] = word === b[j] ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!)
    }
    const spare = above
    above = row
    row = spare
  }
  return above[b.length]!
}
