import { closings } from './words/closings.ts'

/** Takes off sentences to the reader after the caption: "Let me know if you want a shorter one!". */
export function stripClosing(text: string): string {
  const kept = text.replace(lengthNote, '')
  const start = lastSentenceStart(kept)
  const last = kept.slice(start)
  if (!closings.some((closing) => closing.test(last))) return kept
  return kept.slice(0, start).trim().replace(rule, '').trim()
}

/** A line that set the remark apart. */
const rule = /\n[-*_—]{3,20}$/

/** "(98 characters)": counted for the reader. */
const lengthNote =
  /\s{0,4}[([]\s?(?:(?:word|character) count:?\s?)?\d{1,4}(?:\s?\/\s?\d{1,4})?\s?(?:characters?|chars?|words?|zeichen|caract[eè]res|caracteres|caratteri|字)?\s?[)\]]\.?$/iu

/** Looked for near the end only; emoji after the last sentence belong to it. */
function lastSentenceStart(text: string): number {
  const tail = Math.max(0, text.length - longestClosing)
  let start = tail === 0 ? 0 : -1
  for (const { index, 0: end } of text.slice(tail).matchAll(sentenceEnd)) {
    const next = tail + index + end.length
    if (/\p{L}/u.test(text.slice(next))) start = next
  }
  return start < 0 ? text.length : start
}

const longestClosing = 400
const sentenceEnd = /[.!?…]["'”’»)\]*]{0,3}[ \t\n]{1,4}|\n{1,4}|[。！？]["”」』）]{0,2}\s{0,4}/g
