/**
 * Fragments of regular expressions that the rules are put together from (flag `u`). Characters
 * beyond the basic plane never reach the rules: the reference reads UTF-16 units and knows no
 * surrogate, so `prepareLine` takes them out first.
 */

/** Combining marks and the soft hyphen count as letters, so that a decomposed "é" stays in its word. */
const letters = '\\p{L}\\p{M}\\u00AD'
const digits = '\\p{Nd}'

export const LETTER = `[${letters}]`
export const DIGIT = `[${digits}]`
export const LETTER_OR_DIGIT = `[${letters}${digits}]`
export const HYPHEN = '[\\-_\\u058A\\u2010\\u2011]'

/** What stands for an apostrophe: the typewriter's, Windows-1252's, the typographic one, the entity. */
export const APOSTROPHE = "(?:['\\u0092\\u2019]|&[aA][pP][oO][sS];)"
/** Also what people type instead of one inside a word: don`t. */
export const APOSTROPHE_LIKE = "(?:['\\u0092\\u2019`\\u0091\\u2018\\u201B]|&[aA][pP][oO][sS];)"

/** A space in a line, or the end of the line. */
export const BREAK = '[ \\t\\u00A0\\u2000-\\u200A\\u3000\\n]'
/** Punctuation after which a sentence goes on. */
export const INNER_STOP = '[,;:\\u3001]'

/**
 * The reference compares words without case, but character classes with it: `[M]iss` is the state
 * and not the verb. This gives a word in the first sense; letters in brackets and the rest of the
 * syntax are left as they are.
 */
export const anyCase = (pattern: string): string =>
  pattern.replace(/\[[^\]]*\]|\\.|[a-z]/gi, (part) =>
    part.length > 1 ? part : `[${part.toLowerCase()}${part.toUpperCase()}]`,
  )

/** One of several patterns. */
export const oneOf = (patterns: readonly string[]): string => `(?:${patterns.join('|')})`
