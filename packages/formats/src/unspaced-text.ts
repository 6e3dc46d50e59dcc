/**
 * Chinese, Japanese, Thai, Lao, Khmer and Burmese are written without spaces between words. Whoever
 * splits texts at spaces, as training and scores do, takes a sentence of theirs for one word.
 */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Has a text such words, and nothing between them? One that is segmented already has spaces. */
export function isUnspaced(text: string): boolean {
  const runs = text.split(/\s+/).filter((run) => UNSPACED.test(run))
  const words = runs.reduce((sum, run) => sum + countWords(run), 0)
  return words > runs.length * WORDS_OF_A_RUN
}

/** Segmenters differ about what is one word; a text that one of them segmented stays below this. */
const WORDS_OF_A_RUN = 1.5

const countWords = (text: string): number =>
  [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length

/** Puts spaces between words that have none; all else stays as it is. */
export function segmentWords(text: string): string {
  if (!UNSPACED.test(text)) return text
  let segmented = ''
  let last = ' '
  for (const { segment } of segmenter.segment(text)) {
    const isApart = /\s$/.test(last) || /^\s/.test(segment)
    const needsSpace = !isApart && (UNSPACED.test(last) || UNSPACED.test(segment))
    segmented += needsSpace ? ` ${segment}` : segment
    last = segment
  }
  return segmented
}

/** By which words were found, to be named with every result: other versions find others. */
export const segmenterName = `Intl.Segmenter, ICU ${process.versions.icu}`

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })
