import { CLOSING_ABBREVIATION, INNER_ABBREVIATION, NUMBER_ABBREVIATION } from './abbreviations.ts'
import { ASSIMILATIONS } from './apostrophe-words.ts'
import { type Line, prepareLine, UNKNOWN } from './prepare-line.ts'
import { scanToken } from './scan-token.ts'

/**
 * The Penn Treebank tokens of one caption, lower-cased, punctuation and all: what Stanford CoreNLP
 * 3.4.1's `PTBTokenizer -preserveLines -lowerCase` prints for a line.
 *
 * `following` is the text on the next line. It is looked at after an abbreviation only: "a sign with
 * a P." loses its dot before "A man", for there a sentence begins, and keeps it otherwise.
 */
export function splitPtbTokens(caption: string, following = ''): string[] {
  const line = prepareLine(caption, following)
  const tokens: string[] = []
  let position = 0

  while (position < line.end) {
    if (isSpace(line.text.charCodeAt(position))) {
      position++
      continue
    }
    const plain = plainTokenEnd(line, position)
    if (plain > position) {
      tokens.push(line.text.slice(position, plain).toLowerCase())
      position = plain
      continue
    }
    const { token, next } = scanToken(line, position)
    const written = token?.replaceAll(UNKNOWN, '').toLowerCase()
    if (written) tokens.push(written)
    position = next
  }
  return tokens
}

const isSpace = (code: number) => code === 32 || code === 9

/**
 * The short way for nearly all there is: a word of plain letters before a space, and the comma or
 * the full stop after it. Returns where it ends, or the position given if the rules must decide.
 */
function plainTokenEnd({ text, end }: Line, position: number): number {
  let at = position
  let code = text.charCodeAt(at)
  if (code === COMMA) return text.charCodeAt(at + 1) === SPACE ? at + 1 : position
  if (code === STOP) return endsAfter(text, end, at + 1) ? at + 1 : position

  while ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) code = text.charCodeAt(++at)
  if (at === position) return position

  const clear =
    code === SPACE ||
    at === end ||
    (code === COMMA && text.charCodeAt(at + 1) === SPACE) ||
    (code === STOP && endsAfter(text, end, at + 1) && !isAbbreviation(text.slice(position, at)))
  return clear && !isAssimilation(text, position, at) ? at : position
}

const SPACE = 32
const COMMA = 44
const STOP = 46

/** Is there nothing but spaces from here to the end of the caption? */
function endsAfter(text: string, end: number, from: number): boolean {
  if (text.charCodeAt(from) !== SPACE) return from === end
  while (text.charCodeAt(from) === SPACE) from++
  return from === end
}

const abbreviation = new RegExp(
  `^(?:[A-Za-z]|${CLOSING_ABBREVIATION}|${INNER_ABBREVIATION}|${NUMBER_ABBREVIATION})$`,
  'u',
)
const isAbbreviation = (word: string) =>
  word.length <= LONGEST_ABBREVIATION && abbreviation.test(word)

/** "bancorp" */
const LONGEST_ABBREVIATION = 7

const assimilated = new Set(ASSIMILATIONS.map((parts) => parts.join('')))
const isAssimilation = (text: string, start: number, end: number) =>
  (end - start === 5 || end - start === 6) && assimilated.has(text.slice(start, end).toLowerCase())
