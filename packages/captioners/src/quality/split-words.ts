/** The words in lower case. Chinese, Japanese and Thai, which have no spaces, are split by dictionary. */
export function splitWords(text: string): string[] {
  const lower = text.toLowerCase().replaceAll('’', "'")
  if (!withoutSpaces.test(lower)) return lower.match(word) ?? []
  return [...segmenter.segment(lower)].filter((part) => part.isWordLike).map((part) => part.segment)
}

const word = /[\p{L}\p{M}\p{N}_]+(?:['-][\p{L}\p{M}\p{N}_]+)*/gu
const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })
