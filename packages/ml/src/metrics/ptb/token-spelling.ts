/**
 * How the Treebank writes what its typists could not: brackets, quotes, dashes, dots, currencies and
 * fractions have one spelling each. Tables from the matched text to the token.
 */

const brackets: Record<string, string> = {
  '(': '-LRB-',
  ')': '-RRB-',
  '[': '-LSB-',
  ']': '-RSB-',
  '{': '-LCB-',
  '}': '-RCB-',
}

const quotes: Record<string, string> = {
  '"': "''",
  '&quot;': "''",
  '&apos;': "'",
  '\u0091': '`',
  '\u2018': '`',
  '\u201B': '`',
  '\u201A': '`',
  '\u2039': '`',
  '\u0092': "'",
  '\u2019': "'",
  '\u203A': "'",
  '\u0093': '``',
  '\u201C': '``',
  '\u201E': '``',
  '\u00AB': '``',
  '\u0094': "''",
  '\u201D': "''",
  '\u00BB': "''",
}

/** Lossy on purpose: the Treebank knew dollars, cents and # for the pound. */
const currencies: Record<string, string> = {
  '\u00A2': 'cents',
  '\u00A3': '#',
  '\u00A4': '$',
  '\u0080': '$',
  '\u20A0': '$',
  '\u20AC': '$',
}

const fractions: Record<string, string> = {
  '\u00BC': '1/4',
  '\u00BD': '1/2',
  '\u00BE': '3/4',
  '\u2153': '1/3',
  '\u2154': '2/3',
}

export const bracket = (text: string): string => brackets[text]!

/** Every mark of a run on its own; an opening typewriter quote is known by what follows it. */
export const quote = (text: string): string =>
  text.replace(/&(?:quot|apos);|[\s\S]/gi, (mark) => quotes[mark.toLowerCase()] ?? mark)

export const openingQuote = (text: string): string =>
  text === '"' || text.toLowerCase() === '&quot;' ? '``' : '`'

export const currency = (text: string): string => currencies[text] ?? text
export const fraction = (text: string): string => fractions[text] ?? text
export const ellipsis = (): string => '...'
export const dash = (): string => '--'

/** Three or four hyphens are a dash; a longer rule is left as it is, and two are one already. */
export const hyphens = (text: string): string =>
  text.length === 3 || text.length === 4 ? '--' : text

/** A token holds no plain space: parts are joined by U+00A0 ("1 1/2", telephone numbers, tags). */
export const joined = (text: string): string => text.replaceAll(' ', '\u00A0')

export const joinedWithBrackets = (text: string): string =>
  joined(text).replace(/[()]/g, (mark) => brackets[mark]!)

export const ampersand = (text: string): string => text.replace(/&amp;/gi, '&')

/** A soft hyphen is not seen; a token made of nothing else is a hyphen. */
export const withoutSoftHyphens = (text: string): string =>
  text.includes('\u00AD') ? text.replaceAll('\u00AD', '') || '-' : text
