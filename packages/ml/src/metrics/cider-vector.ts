import type { DocumentFrequency } from './document-frequency.ts'
import type { CountedCaption, NgramCounts, NgramIndex } from './ngram-index.ts'

/** How much each n-gram weighs: ln N − ln max(1, df(w)), N images of which df(w) hold w. */
export type CiderWeights = {
  /** By the n-gram's number. */
  known: Float64Array
  /** ln N, for an n-gram that no image holds */
  unknown: number
}

type OrderVector = {
  /** Numbers of the different n-grams, ascending. */
  ngrams: readonly number[]
  /** g(w) = tf(w) · (ln N − ln max(1, df(w))), beside its n-gram */
  weights: readonly number[]
  /** Euclidean */
  norm: number
}

/** A caption as CIDEr sees it: its tf-idf weights of orders 1 to 4. */
export type CiderVector = { orders: readonly OrderVector[]; bigrams: number }

/** Counts in how many images' references each n-gram occurs. */
export function weighByImages(
  images: readonly { references: readonly string[] }[],
  index: NgramIndex,
): CiderWeights {
  const imageCounts: number[] = []
  const lastImage: number[] = []
  for (const [image, { references }] of images.entries()) {
    for (const { orders } of references.map(index.count)) {
      grow(index.size(), imageCounts, lastImage)
      for (const { ngrams } of orders) {
        for (const ngram of ngrams) {
          if (lastImage[ngram] !== image) imageCounts[ngram]!++
          lastImage[ngram] = image
        }
      }
    }
  }
  return toWeights(imageCounts, images.length)
}

/** Filled without gaps: an array with gaps is slow. */
function grow(size: number, imageCounts: number[], lastImage: number[]): void {
  for (let ngram = imageCounts.length; ngram < size; ngram++) {
    imageCounts.push(0)
    lastImage.push(-1)
  }
}

/** From frequencies that were counted elsewhere. */
export function weighByFrequency(
  { images, counts }: DocumentFrequency,
  index: NgramIndex,
): CiderWeights {
  const numbered = [...counts].map(([ngram, count]) => [index.numberOf(ngram), count] as const)
  const imageCounts = new Float64Array(index.size())
  for (const [ngram, count] of numbered) imageCounts[ngram] = count
  return toWeights(imageCounts, images)
}

export function toCiderVector(
  { orders, bigrams }: CountedCaption,
  weights: CiderWeights,
): CiderVector {
  return { orders: orders.map((order) => toOrderVector(order, weights)), bigrams }
}

function toWeights(imageCounts: ArrayLike<number>, images: number): CiderWeights {
  const unknown = Math.log(images)
  return {
    known: Float64Array.from(imageCounts, (count) => unknown - Math.log(Math.max(1, count))),
    unknown,
  }
}

function toOrderVector(
  { ngrams, counts }: NgramCounts,
  { known, unknown }: CiderWeights,
): OrderVector {
  const weights: number[] = []
  let squares = 0
  for (let i = 0; i < ngrams.length; i++) {
    const weight = counts[i]! * (known[ngrams[i]!] ?? unknown)
    weights.push(weight)
    squares += weight ** 2
  }
  return { ngrams, weights, norm: Math.sqrt(squares) }
}
