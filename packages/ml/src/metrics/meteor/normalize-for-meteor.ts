import { NONBREAKING_PREFIXES, NUMERIC_PREFIXES } from './nonbreaking-prefixes.ts'

/**
 * METEOR's `-norm` step for English, keeping punctuation, then lower case. It expects raw text, yet the
 * COCO evaluation gives it tokens; so `'s` becomes `' s`, `n't` becomes `n 't`, `horse-drawn` becomes
 * `horse drawn`, `u.s.` becomes `us` and `1/2` becomes `1 / 2`.
 *
 * Source: Denkowski and Lavie 2014, "Meteor Universal", section on text normalization; its rules for
 * apostrophes and full stops are those of the Moses tokenizer (Koehn et al. 2007).
 */
export function normalizeForMeteor(text: string): string[] {
  if (PLAIN.test(text)) return splitAtSpaces(text)
  return splitAtSpaces(splitFullStops(separateMarks(text)).toLowerCase())
}

/** Nothing to do: most tokenized captions. */
const PLAIN = /^[a-z0-9 ]*$/

/** What stays in a word: letters and digits of the Latin script. Every other letter stands alone. */
const WORD = '\\p{Script=Latin}\\p{N}\\p{M}'

/**
 * In this order. A match takes its neighbours with it, so of two marks one letter apart only the first
 * is seen: `jack-o-lantern` becomes `jack o-lantern`.
 */
const RULES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/^|$/g, ' '],
  [/\s+/g, ' '],
  [new RegExp(`([^${WORD}\\s.'\`,-])`, 'gu'), ' $1 '],
  [new RegExp(`([${WORD}])-([${WORD}])`, 'gu'), '$1 $2'],
  [/\.{2,}/g, ' $& '],
  [/(\P{N}),(\P{N})/gu, '$1 , $2'],
  [/(\p{N}),(\P{N})/gu, '$1 , $2'],
  [/(\P{N}),(\p{N})/gu, '$1 , $2'],
  [/`/g, "'"],
  [/''/g, ' " '],
  [/(\P{L})'(\P{L})/gu, "$1 ' $2"],
  [/([^\p{L}\p{N}])'(\p{L})/gu, "$1 ' $2"],
  [/(\p{L})'(\P{L})/gu, "$1 ' $2"],
  [/(\p{L})'(\p{L})/gu, "$1 '$2"],
  [/(\p{N})'(s)/gu, "$1 '$2"],
]

function separateMarks(text: string): string {
  let separated = text
  for (const [pattern, replacement] of RULES) separated = separated.replace(pattern, replacement)
  return separated
}

/** The full stop at a word's end: kept with an abbreviation, dropped from an acronym, else a token. */
function splitFullStops(text: string): string {
  const words = splitAtSpaces(text)
  return words
    .map((word, i) => {
      const stem = word.slice(0, -1)
      if (!word.endsWith('.') || stem === '' || /^\.+$/.test(word)) return word
      if (stem.includes('.') && /\p{L}/u.test(stem)) return word.replaceAll('.', '')
      return staysWhole(stem, words[i + 1] ?? '') ? word : `${stem} .`
    })
    .join(' ')
}

const staysWhole = (stem: string, next: string) =>
  NONBREAKING_PREFIXES.has(stem) ||
  /^\p{Ll}/u.test(next) ||
  (NUMERIC_PREFIXES.has(stem) && /^[0-9]/.test(next))

const splitAtSpaces = (text: string) => text.split(' ').filter((word) => word !== '')
