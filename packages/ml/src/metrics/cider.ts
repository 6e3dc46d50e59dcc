import type { CaptionMetric } from './caption-metric.ts'
import { append, type Chain, toArray } from './chain.ts'
import { type CiderVector, toCiderVector, weighByFrequency, weighByImages } from './cider-vector.ts'
import type { DocumentFrequency } from './document-frequency.ts'
import { mean } from './mean.ts'
import { type CaptionPair, type Metric, type Score, scoreAll } from './metric.ts'
import { createNgramIndex } from './ngram-index.ts'
import { ORDERS } from './ngrams.ts'
import { requireReferences } from './require-references.ts'

/** `cider-d`: clipped and length-penalised, what the COCO evaluation prints as CIDEr. */
type CiderVariant = 'cider-d' | 'cider'

export type CiderOptions = {
  /** Default `cider-d`. */
  variant?: CiderVariant
  /** Fixed frequencies. Without them the scored images' own references are counted. */
  documentFrequency?: DocumentFrequency | undefined
}

export type CiderState = Chain<CaptionPair>

/**
 * CIDEr-D, or the original CIDEr: how alike the tf-idf vectors of a caption's n-grams are to those of
 * its references. For order n = 1…4, with tf the raw count of n-gram w, df(w) the number of images
 * whose references hold it and N the number of images:
 *
 *   g(w) = tf(w) · (ln N − ln max(1, df(w)))
 *   CIDEr-D: sim_n(c, r) = Σ_w min(g_c(w), g_r(w)) g_r(w) / (|g_c| |g_r|) · exp(−(L_c − L_r)² / 2σ²)
 *   CIDEr:   sim_n(c, r) = Σ_w g_c(w) g_r(w) / (|g_c| |g_r|)
 *   score = 10 · mean_n mean_r sim_n(c, r);  corpus = mean over images
 *
 * σ = 6; L is the number of bigrams. Not divided by a norm of 0. No stemming, as in the reference code.
 * As N and df come from the images scored, a subset scores otherwise, and one image alone scores 0.
 * An image that is scored twice counts twice.
 * Source: Vedantam et al. 2015, "CIDEr: Consensus-based Image Description Evaluation".
 */
export function createCider(options: CiderOptions = {}): Metric<CiderState, Score> {
  return {
    init: () => undefined,
    update(state, pair) {
      requireReferences(pair)
      return append(state, pair)
    },
    result: (state) => scorePairs(toArray(state), options),
  }
}

export const scoreCider = (pairs: Iterable<CaptionPair>, options: CiderOptions = {}): Score =>
  scoreAll(createCider(options), pairs)

export const ciderMetric = {
  name: 'cider',
  about: 'CIDEr-D, which the COCO evaluation calls CIDEr',
  isDefault: true,
  uses: 'documentFrequency',
  score: (pairs, { documentFrequency }) => [
    { key: 'CIDEr', ...scoreCider(pairs, { documentFrequency }) },
  ],
} as const satisfies CaptionMetric

export const originalCiderMetric = {
  name: 'cider-original',
  about: 'CIDEr without clipping and length penalty',
  isDefault: false,
  uses: 'documentFrequency',
  score: (pairs, { documentFrequency }) => [
    { key: 'CIDEr_original', ...scoreCider(pairs, { variant: 'cider', documentFrequency }) },
  ],
} as const satisfies CaptionMetric

/** The score of one hypothesis, 0 to 10. */
export function compareCiderVectors(
  hypothesis: CiderVector,
  references: readonly CiderVector[],
  variant: CiderVariant = 'cider-d',
): number {
  const similarity = variant === 'cider-d' ? clippedSimilarity : plainSimilarity
  let sum = 0
  for (const reference of references) {
    for (const i of ORDERS.keys()) sum += similarity(hypothesis, reference, i)
  }
  return (10 * sum) / (ORDERS.length * references.length)
}

const SIGMA = 6

function scorePairs(pairs: CaptionPair[], { variant, documentFrequency }: CiderOptions): Score {
  const index = createNgramIndex()
  const weights = documentFrequency
    ? weighByFrequency(documentFrequency, index)
    : weighByImages(pairs, index)
  // Counted again, image by image: counting is quick, and the counts of all images fill memory.
  const toVector = (text: string) => toCiderVector(index.count(text), weights)
  const perImage = pairs.map(({ hypothesis, references }) =>
    compareCiderVectors(toVector(hypothesis), references.map(toVector), variant),
  )
  return { corpus: mean(perImage), perImage }
}

function clippedSimilarity(c: CiderVector, r: CiderVector, order: number): number {
  const penalty = Math.exp(-((c.bigrams - r.bigrams) ** 2) / (2 * SIGMA ** 2))
  return penalty * cosine(c, r, order, Math.min)
}

const plainSimilarity = (c: CiderVector, r: CiderVector, order: number): number =>
  cosine(c, r, order, (ours) => ours)

/** Σ_w clip(g_c(w), g_r(w)) · g_r(w), divided by the norms unless one is 0; both lists ascend. */
function cosine(
  { orders: ofHypothesis }: CiderVector,
  { orders: ofReference }: CiderVector,
  order: number,
  clip: (ours: number, theirs: number) => number,
): number {
  const c = ofHypothesis[order]!
  const r = ofReference[order]!
  let sum = 0
  for (let i = 0, j = 0; i < c.ngrams.length && j < r.ngrams.length; ) {
    const difference = c.ngrams[i]! - r.ngrams[j]!
    if (difference === 0) sum += clip(c.weights[i]!, r.weights[j]!) * r.weights[j]!
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return c.norm === 0 || r.norm === 0 ? sum : sum / (c.norm * r.norm)
}
