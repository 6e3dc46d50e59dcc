import { listNgrams, ORDERS, splitWords } from './ngrams.ts'

/** In how many images' references each n-gram (words joined by single spaces, 1 to 4) occurs. */
export type DocumentFrequency = {
  /** images counted */
  images: number
  /** An n-gram that is not here counts as one occurring once. */
  counts: ReadonlyMap<string, number>
}

/** Counts an n-gram once an image, however many of its references hold it. */
export function countDocumentFrequency(references: Iterable<readonly string[]>): DocumentFrequency {
  const counts = new Map<string, number>()
  let images = 0
  for (const texts of references) {
    images++
    for (const ngram of new Set(texts.flatMap(listAllNgrams))) {
      counts.set(ngram, (counts.get(ngram) ?? 0) + 1)
    }
  }
  return { images, counts }
}

function listAllNgrams(text: string): string[] {
  const words = splitWords(text)
  return ORDERS.flatMap((order) => listNgrams(words, order))
}
