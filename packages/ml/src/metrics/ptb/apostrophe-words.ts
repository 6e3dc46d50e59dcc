import { APOSTROPHE, APOSTROPHE_LIKE, anyCase, LETTER, oneOf } from './characters.ts'

const apostrophe = (pattern: string): string =>
  pattern
    .split("'")
    .map((part) => anyCase(part))
    .join(APOSTROPHE)

/** Words that keep an apostrophe at their beginning: 'n', 'em, 'til, '90s. */
export const LEADING_APOSTROPHE_WORD = oneOf([
  `${APOSTROPHE}[nN]${APOSTROPHE}?`,
  apostrophe("'em"),
  apostrophe("'till?"),
  apostrophe("'cause"),
  `${APOSTROPHE}[1-9]0[sS]`,
])

/**
 * Words that keep one inside or at their end. Two patterns are open: a name that begins with an elided
 * particle (O'Neill, D'Angelo; but "I'll" and "Y'all" are two words), and an ending that is hung on to
 * a word in a vowel (graffiti'ed, ma'am).
 */
export const APOSTROPHE_WORD = oneOf([
  `[dDjJlL]${APOSTROPHE}`,
  ...["ol'", "dunkin'", "somethin'", "n'roll"].map(apostrophe),
  ...["c'mon", "cap'n", "li'l", "nor'easter", "s'mores"].map(apostrophe),
  `(?![IY])[A-Z]${APOSTROPHE_LIKE}${LETTER}{2,}`,
  `${LETTER}+[aeiouyAEIOUY]${APOSTROPHE_LIKE}[aeiouAEIOU]${LETTER}*`,
])

/** y'all -> y' all */
export const SHORTENED_YOU = `[yY]${APOSTROPHE}`

/** 's 'm 'd 're 've 'll: a token of its own after any word. */
export const CLITIC = `${APOSTROPHE}(?:[sSmMdD]|${anyCase('re|ve|ll')})`

/** n't takes its n from the word: do n't, ca n't. */
export const NEGATION = `(?:n${APOSTROPHE_LIKE}t|N${APOSTROPHE_LIKE}T)`

/**
 * Two words written as one, and where the Treebank cuts them. What is cut off is read again as a
 * word of its own.
 */
export const ASSIMILATIONS: readonly (readonly [string, string])[] = [
  ['can', 'not'],
  ['gon', 'na'],
  ['got', 'ta'],
  ['wan', 'na'],
  ['lem', 'me'],
  ['gim', 'me'],
]

/** 'tis -> 't is, 'twas -> 't was */
export const ASSIMILATED_IT: readonly (readonly [string, string])[] = [
  [`${APOSTROPHE}[tT]`, 'is'],
  [`${APOSTROPHE}[tT]`, 'was'],
]
