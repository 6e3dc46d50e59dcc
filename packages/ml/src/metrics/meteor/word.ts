import { FUNCTION_WORDS } from './function-words.ts'
import { createEnglishStemmer } from './stem-english.ts'
import type { WordnetSynonyms } from './wordnet-synonyms.ts'

/** A word with all that the matcher asks of it. */
export type Word = {
  text: string
  isFunction: boolean
  stem: string
  /** ascending */
  synsets: readonly number[]
  /** A bit for each synset modulo 32: two words without a common bit have no common synset. */
  synsetMask: number
}

/**
 * Makes each word once: within one vocabulary, equal words are the same object. Call `trim` where no
 * words are in use; it starts over when there are more than any language has.
 */
export function createVocabulary(synonyms: WordnetSynonyms): {
  getWord(text: string): Word
  trim(): void
} {
  const words = new Map<string, Word>()
  const stemEnglish = createEnglishStemmer()

  function makeWord(text: string): Word {
    const synsets = synonyms.findSynsets(text)
    const synsetMask = synsets.reduce((mask, synset) => mask | (1 << (synset % 32)), 0)
    const isFunction = FUNCTION_WORDS.has(text)
    return { text, isFunction, stem: stemEnglish(text), synsets, synsetMask }
  }

  return {
    getWord(text) {
      let word = words.get(text)
      if (!word) {
        word = makeWord(text)
        words.set(text, word)
      }
      return word
    },
    trim() {
      if (words.size > MAX_WORDS) words.clear()
    },
  }
}

const MAX_WORDS = 200_000
