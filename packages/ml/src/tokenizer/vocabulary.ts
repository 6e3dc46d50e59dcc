/** The words a model knows. Ids are places in `words`; the first four are marks, not words. */
export type Vocabulary = {
  words: readonly string[]
  idOf(word: string): number
}

export const PAD = 0
export const START = 1
export const END = 2
export const UNKNOWN = 3

const MARKS = ['<pad>', '<start>', '<end>', '<unknown>'] as const
const isMark = (word: string): boolean => MARKS.some((mark) => mark === word)

/**
 * The words that occur at least `minimumCount` times in tokenized captions, the commonest first, equal
 * ones by their letters.
 */
export function buildVocabulary(
  captions: Iterable<string>,
  { minimumCount }: { minimumCount: number },
): Vocabulary {
  const words = [...countWords(captions)]
    .filter(([word, count]) => count >= minimumCount && !isMark(word))
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word)
  return readVocabulary([...MARKS, ...words])
}

/** From the list that a model's card holds. */
export function readVocabulary(words: readonly string[]): Vocabulary {
  const ids = new Map(words.map((word, id) => [word, id]))
  if (ids.size !== words.length) throw new RangeError('A vocabulary has a word twice.')
  if (MARKS.some((mark, id) => words[id] !== mark)) {
    throw new RangeError(`A vocabulary begins with ${MARKS.join(', ')}.`)
  }
  // A caption may say '<end>': that is a word nobody knows, not the end.
  return { words, idOf: (word) => (isMark(word) ? UNKNOWN : (ids.get(word) ?? UNKNOWN)) }
}

/** The ids of a tokenized caption's words, without start and end. */
export const encode = ({ idOf }: Vocabulary, caption: string): number[] =>
  caption.split(' ').filter(Boolean).map(idOf)

/** How often each word occurs. */
export function countWords(captions: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const caption of captions) {
    for (const word of caption.split(' ')) {
      if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  return counts
}
