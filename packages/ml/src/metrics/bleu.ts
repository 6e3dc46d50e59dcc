import type { CaptionMetric } from './caption-metric.ts'
import { append, type Chain, toArray } from './chain.ts'
import { type CaptionPair, type Metric, scoreAll } from './metric.ts'
import { countNgrams, ORDERS, splitWords } from './ngrams.ts'
import { requireReferences } from './require-references.ts'

/** What BLEU counts, of one image or summed over all; the lists hold orders 1 to 4. */
type BleuCounts = {
  /** n-grams of the hypothesis that a reference has too, each at most as often as there */
  correct: readonly number[]
  /** n-grams of the hypothesis */
  guessed: readonly number[]
  /** words */
  hypothesisLength: number
  /** words of the reference whose length is closest, the shorter one if two are */
  referenceLength: number
}

export type BleuScore = {
  /** BLEU-1 to BLEU-4 of the summed counts (not the mean over images) */
  corpus: readonly number[]
  /** BLEU-1 to BLEU-4 of each image's own counts */
  perImage: (readonly number[])[]
  counts: BleuCounts
}

export type BleuState = { totals: BleuCounts; images: Chain<readonly number[]> }

/**
 * BLEU-1 to BLEU-4 in the COCO evaluation's form:
 *
 *   BLEU_n = (∏_{k≤n} (correct_k + 1e-15) / (guessed_k + 1e-9))^(1/n) · BP
 *   BP = exp(1 − 1/ratio) if ratio < 1, else 1;  ratio = (length + 1e-15) / (reference length + 1e-9)
 *
 * Source: Papineni et al. 2002, "BLEU: a Method for Automatic Evaluation of Machine Translation";
 * the constants are those of the COCO caption evaluation (`bleu_scorer.py`, option "closest").
 */
export const bleu: Metric<BleuState, BleuScore> = {
  init: () => ({ totals: nothing, images: undefined }),

  update({ totals, images }, pair) {
    const counts = countMatches(pair)
    return { totals: add(totals, counts), images: append(images, scoreCounts(counts)) }
  },

  result: ({ totals, images }) => ({
    corpus: images ? scoreCounts(totals) : ORDERS.map(() => 0),
    perImage: toArray(images),
    counts: totals,
  }),
}

export const scoreBleu = (pairs: Iterable<CaptionPair>): BleuScore => scoreAll(bleu, pairs)

export const bleuMetric = {
  name: 'bleu',
  about: 'BLEU-1 to BLEU-4',
  isDefault: true,
  uses: null,
  score(pairs) {
    const { corpus, perImage } = scoreBleu(pairs)
    return ORDERS.map((order, i) => ({
      key: `Bleu_${order}`,
      corpus: corpus[i]!,
      perImage: perImage.map((scores) => scores[i]!),
    }))
  },
} as const satisfies CaptionMetric

const TINY = 1e-15
const SMALL = 1e-9

const nothing: BleuCounts = {
  correct: ORDERS.map(() => 0),
  guessed: ORDERS.map(() => 0),
  hypothesisLength: 0,
  referenceLength: 0,
}

function countMatches(pair: CaptionPair): BleuCounts {
  requireReferences(pair)
  const hypothesis = splitWords(pair.hypothesis)
  const references = pair.references.map(splitWords)
  return {
    correct: ORDERS.map((order) => countCorrect(hypothesis, references, order)),
    guessed: ORDERS.map((order) => Math.max(0, hypothesis.length - order + 1)),
    hypothesisLength: hypothesis.length,
    referenceLength: closestLength(hypothesis.length, references),
  }
}

/** Σ over n-grams of min(count in the hypothesis, greatest count in one reference) */
function countCorrect(
  hypothesis: readonly string[],
  references: readonly (readonly string[])[],
  order: number,
): number {
  const counts = references.map((reference) => countNgrams(reference, order))
  let correct = 0
  for (const [ngram, count] of countNgrams(hypothesis, order)) {
    let most = 0
    for (const reference of counts) most = Math.max(most, reference.get(ngram) ?? 0)
    correct += Math.min(count, most)
  }
  return correct
}

function closestLength(length: number, references: readonly (readonly string[])[]): number {
  let closest = Number.POSITIVE_INFINITY
  for (const reference of references) {
    const distance = Math.abs(reference.length - length) - Math.abs(closest - length)
    if (distance < 0 || (distance === 0 && reference.length < closest)) closest = reference.length
  }
  return closest
}

function scoreCounts(counts: BleuCounts): number[] {
  const ratio = (counts.hypothesisLength + TINY) / (counts.referenceLength + SMALL)
  const brevityPenalty = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1
  let product = 1
  return ORDERS.map((order, i) => {
    product *= (counts.correct[i]! + TINY) / (counts.guessed[i]! + SMALL)
    return product ** (1 / order) * brevityPenalty
  })
}

const add = (a: BleuCounts, b: BleuCounts): BleuCounts => ({
  correct: a.correct.map((count, i) => count + b.correct[i]!),
  guessed: a.guessed.map((count, i) => count + b.guessed[i]!),
  hypothesisLength: a.hypothesisLength + b.hypothesisLength,
  referenceLength: a.referenceLength + b.referenceLength,
})
