import { MetricError } from './metric-error.ts'
import { ORDERS, splitWords } from './ngrams.ts'

/** The n-grams of one order: their numbers, ascending, and how often each occurs. */
export type NgramCounts = { ngrams: readonly number[]; counts: readonly number[] }

/** A caption as its n-grams of orders 1 to 4. Only captions of one index can be compared. */
export type CountedCaption = { orders: readonly NgramCounts[]; bigrams: number }

/**
 * Numbers n-grams from 0 in order of first appearance, so that they are compared as integers. An
 * n-gram is found through the number of its beginning and its last word: no text is put together.
 */
export type NgramIndex = {
  /** n-grams known so far */
  size(): number
  count(text: string): CountedCaption
  /** The number of the n-gram that the text is. */
  numberOf(text: string): number
}

export function createNgramIndex(): NgramIndex {
  const words = new Map<string, number>()
  const ngrams = new Map<number, number>()

  const toNumber = (word: string) => numberIn(words, word, MAX_WORDS)
  const extend = (beginning: number, word: number) =>
    numberIn(ngrams, (beginning + 1) * MAX_WORDS + word, MAX_NGRAMS)

  return {
    size: () => ngrams.size,

    count(text) {
      const numbers = splitWords(text).map(toNumber)
      const orders: number[][] = ORDERS.map(() => [])
      for (let start = 0; start < numbers.length; start++) {
        let ngram = NOTHING
        const end = Math.min(start + ORDERS.length, numbers.length)
        for (let i = start; i < end; i++) {
          ngram = extend(ngram, numbers[i]!)
          orders[i - start]!.push(ngram)
        }
      }
      return { orders: orders.map(countRepeats), bigrams: Math.max(0, numbers.length - 1) }
    },

    numberOf: (text) => splitWords(text).map(toNumber).reduce(extend, NOTHING),
  }
}

/** Keys stay exact, and the maps within what an engine allows. */
const MAX_WORDS = 2 ** 21
const MAX_NGRAMS = 2 ** 24 - 1
const TOO_MANY =
  'CIDEr counts at most 2 million different words and 16 million different n-grams. ' +
  'Score fewer captions at once.'
const NOTHING = -1

function numberIn<Key>(numbers: Map<Key, number>, key: Key, most: number): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  if (numbers.size === most) throw new MetricError(TOO_MANY)
  numbers.set(key, numbers.size)
  return numbers.size - 1
}

/** Sorts in place; repeats become counts. */
function countRepeats(listed: number[]): NgramCounts {
  listed.sort((a, b) => a - b)
  const ngrams: number[] = []
  const counts: number[] = []
  for (const ngram of listed) {
    if (ngrams.at(-1) === ngram) counts[counts.length - 1]!++
    else counts[ngrams.push(ngram) - 1] = 1
  }
  return { ngrams, counts }
}
