/** BLEU and CIDEr look at runs of one to four words. */
export const ORDERS = [1, 2, 3, 4] as const

/**
 * The words of a text as Python's `str.split()` finds them, which the reference scorers use: it
 * breaks at Unicode white space, the control characters U+001C–U+001F and U+0085 included, U+FEFF
 * not. (A no-break space inside a token, as in `1 1/2`, breaks here too.)
 */
export function splitWords(text: string): string[] {
  return text.split(whiteSpace).filter((word) => word !== '')
}

const whiteSpace =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python's white space holds them.
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/** All runs of `order` words, in order of appearance; joined by single spaces. */
export function listNgrams(words: readonly string[], order: number): string[] {
  const ngrams: string[] = []
  for (let start = 0; start + order <= words.length; start++) {
    let ngram = words[start]!
    for (let i = start + 1; i < start + order; i++) ngram += ` ${words[i]}`
    ngrams.push(ngram)
  }
  return ngrams
}

/** How often each n-gram of that order occurs. */
export function countNgrams(words: readonly string[], order: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (const ngram of listNgrams(words, order)) counts.set(ngram, (counts.get(ngram) ?? 0) + 1)
  return counts
}
