import { newStemmer } from 'snowball-stemmers'

/**
 * A stemmer for English words with a memory, since captions repeat themselves.
 * Source: Porter 2001, "Snowball: A language for stemming algorithms" (the English stemmer, "Porter2").
 */
export function createEnglishStemmer(): (word: string) => string {
  const snowball = newStemmer('english')
  const stems = new Map<string, string>()
  return function stemEnglish(word) {
    let stem = stems.get(word)
    if (stem === undefined) {
      if (stems.size >= MAX_REMEMBERED) stems.clear()
      stem = snowball.stem(word)
      stems.set(word, stem)
    }
    return stem
  }
}

/** More than any language has; a stream of nonsense must not fill the memory. */
const MAX_REMEMBERED = 200_000
