import {
  ACRONYM,
  CLOSING_ABBREVIATION,
  INNER_ABBREVIATION,
  NUMBER_ABBREVIATION,
  SENTENCE_OPENER,
} from './abbreviations.ts'
import {
  APOSTROPHE_WORD,
  ASSIMILATED_IT,
  ASSIMILATIONS,
  CLITIC,
  LEADING_APOSTROPHE_WORD,
  NEGATION,
  SHORTENED_YOU,
} from './apostrophe-words.ts'
import {
  APOSTROPHE,
  APOSTROPHE_LIKE,
  anyCase,
  BREAK,
  DIGIT,
  HYPHEN,
  INNER_STOP,
  LETTER,
  LETTER_OR_DIGIT,
  oneOf,
} from './characters.ts'
import * as spell from './token-spelling.ts'

/**
 * One way to read a token.
 *
 *   starts     what its first character can be: the scanner tries no other rules there
 *   token      the pattern of the token
 *   before     what must follow. It counts for the length of the match, and is then read again
 *   write      how the token is written, if not as it stands
 *   giveBack   characters at the token's end that are read once more
 *   laterDigit the rule holds if a digit follows anywhere in the line, and then beats all others
 *   address    tried only in lines that could hold an address
 */
export type Rule = {
  starts: readonly ('letter' | 'digit' | 'mark')[]
  token: string
  before?: string
  write?: (text: string) => string
  giveBack?: number
  laterDigit?: true
  address?: true
}

const WORD = `${LETTER}${LETTER_OR_DIGIT}*(?:[.!?]${LETTER}${LETTER_OR_DIGIT}*)*`

/** Letters and digits, which the elided "of", "de" or "le" of a name may lead: o'clock, d'Arnaud. */
const PART = `(?:[dDoOlL]${APOSTROPHE_LIKE}(?=${LETTER}))?${LETTER_OR_DIGIT}+`
const COMPOUND = `${PART}(?:${HYPHEN}${PART})*`

/**
 * A compound whose beginning is a number or an acronym: 1,000-year-old, U.S.-built. The bound keeps
 * hostile lines linear; no real compound comes near it.
 */
const DOTTED_COMPOUND =
  '[A-Za-z0-9][A-Za-z0-9.,\\u00AD]{0,200}(?:-(?:(?:[A-Za-z]\\.)+|[A-Za-z0-9\\u00AD]+))+'

/** AT&T, M&M: capitals only. */
const JOINED_CAPITALS = '[A-Z]+(?:(?:&|&amp;|\\+)[A-Z]+)+'

/** his/her, red-brown/white: two or three alternatives, each a word or a short compound. */
const ALTERNATIVE = '[A-Za-z0-9]+(?:-[A-Za-z]+)?(?:-[A-Za-z]+)?'
const SLASHED = `${ALTERNATIVE}/${ALTERNATIVE}(?:/${ALTERNATIVE})?`

const NUMBER = `(?:${DIGIT}+|(?=[.,:]${DIGIT}))(?:[.,:]${DIGIT}+)*`
const DATE = `${DIGIT}{1,2}[/\\-]${DIGIT}{1,2}[/\\-]${DIGIT}{2,4}`
const FRACTION = `(?:${DIGIT}{1,3}[\\- \\u00A0])?${DIGIT}{1,4}[/\\u2044]${DIGIT}{1,4}`
/** (555) 123-4567, 555-123-4567, 555.123.4567, 555-1234 */
const TELEPHONE = oneOf([
  '(?:\\+?[0-9]{1,3}[\\- ])?(?:\\([0-9]{3}\\)[\\- ]?|[0-9]{3}[\\- ])[0-9]{3}[\\- ][0-9]{4}',
  '[0-9]{3}\\.[0-9]{3}\\.[0-9]{4}',
  '\\([0-9]{3}\\) ?[0-9]{3}[\\- ][0-9]{4}',
  '[0-9]{3}[\\- ][0-9]{4}',
])

const EXTENSION = anyCase(
  'avi|bmp|csv|docx?|exe|gif|html?|jpe?g|mov|mp[34]|pdf|png|txt|wav|xml|zip',
)
const FILE_NAME = `${LETTER_OR_DIGIT}+(?:[\\-._/]${LETTER_OR_DIGIT}+){0,20}?\\.${oneOf([EXTENSION])}`

/** Bounds stand for "as long as real ones get"; without them a hostile line takes for ever. */
const TAG = '</?[A-Za-z][^<>\\n]{0,500}>'
const HOST_LABEL = '[\\p{L}\\p{Nd}\\-]{1,63}'
const URL_REST = '[^\\s"<>(){}|]{0,2000}[\\p{L}\\p{Nd}/=&#%~]'
const FULL_URL = `${anyCase('https?')}://${URL_REST}`
const LIKELY_URL =
  `(?:${anyCase('www')}\\.(?:${HOST_LABEL}\\.){1,9}[A-Za-z]{2,4}` +
  `|(?:${HOST_LABEL}\\.){1,9}${anyCase('(?:com|net|org|edu)')})(?:/${URL_REST})?`
const EMAIL = `[A-Za-z0-9][\\p{L}\\p{Nd}.+_%\\-]{0,200}@(?:${HOST_LABEL}\\.){0,9}${HOST_LABEL}`

/** :) ;-) :D =P */
const SMILEY = "[:;=][\\-']?[()DPp\\[\\]]"
const STRAIGHT_QUOTE = `(?:"|${anyCase('&quot;')})`
const QUOTE = `(?:${STRAIGHT_QUOTE}|''|${APOSTROPHE}|[\`\\u2018-\\u201F\\u0091-\\u0094‹›«»]{1,2})`

/** Punctuation and symbols are tokens as they stand. What no rule names (emoji, controls) is deleted. */
const SYMBOL = '[\\p{P}\\p{S}]'
const CURRENCY = '(?!\\$)\\p{Sc}|\\u0080'
const SUPERSCRIPT = '[\\u00B9\\u00B2\\u00B3\\u2070\\u2074-\\u2079]+|[\\u2080-\\u2089]+'

const joinedWords = (pairs: typeof ASSIMILATIONS, starts: Rule['starts']): Rule[] =>
  pairs.map(([first, second]) => ({
    starts,
    token: starts.includes('letter') ? anyCase(first) : first,
    before: anyCase(second),
  }))

/**
 * The rules of the tokenizer: at each place the longest match wins, and of equal ones the first
 * listed. They follow the Penn Treebank's conventions and reproduce the behaviour of Stanford CoreNLP
 * 3.4.1's PTBTokenizer with `-preserveLines -lowerCase` and no other option.
 */
export const rules: readonly Rule[] = [
  // Words and what is cut from them.
  ...joinedWords(ASSIMILATIONS, ['letter']),
  ...joinedWords(ASSIMILATED_IT, ['mark']),
  { starts: ['letter'], token: `${LETTER}${LETTER_OR_DIGIT}*`, before: NEGATION },
  { starts: ['letter'], token: NEGATION, write: spell.quote },
  { starts: ['letter'], token: WORD, before: CLITIC },
  { starts: ['letter'], token: WORD, write: spell.withoutSoftHyphens },
  { starts: ['letter'], token: APOSTROPHE_WORD },
  { starts: ['mark'], token: LEADING_APOSTROPHE_WORD },
  { starts: ['letter'], token: SHORTENED_YOU, before: LETTER },

  // Addresses.
  { starts: ['letter'], token: FULL_URL, address: true },
  { starts: ['letter', 'digit', 'mark'], token: LIKELY_URL, address: true },
  { starts: ['letter', 'digit'], token: EMAIL, address: true },
  { starts: ['mark'], token: `@[A-Za-z_][A-Za-z_0-9]*|#${LETTER}+` },

  { starts: ['mark'], token: CLITIC, before: '[^A-Za-z]', write: spell.quote },

  // Numbers.
  { starts: ['digit'], token: DATE },
  { starts: ['digit', 'mark'], token: `[\\-+]?${NUMBER}`, write: spell.withoutSoftHyphens },
  { starts: ['mark'], token: SUPERSCRIPT },
  { starts: ['digit'], token: FRACTION, write: spell.joined },
  { starts: ['mark'], token: '[¼-¾⅓-⅞]', write: spell.fraction },
  { starts: ['digit', 'mark'], token: TELEPHONE, write: spell.joinedWithBrackets },
  { starts: ['letter', 'mark'], token: '(?:[A-Z]*\\$|#)', laterDigit: true },
  { starts: ['mark'], token: CURRENCY, write: spell.currency },

  // Abbreviations.
  {
    starts: ['letter'],
    token: `${CLOSING_ABBREVIATION}\\.`,
    before: `${BREAK}(?:${BREAK}|[A-Z])`,
    giveBack: 1,
  },
  { starts: ['letter'], token: `${CLOSING_ABBREVIATION}\\.` },
  { starts: ['letter'], token: `${NUMBER_ABBREVIATION}\\.`, before: `${BREAK}?${DIGIT}` },
  { starts: ['letter'], token: '[A-Za-z]', before: `\\.${BREAK}+${SENTENCE_OPENER}${BREAK}` },
  {
    starts: ['letter'],
    token: `${ACRONYM}\\.`,
    before: `${BREAK}+${SENTENCE_OPENER}${BREAK}`,
    giveBack: 1,
  },
  { starts: ['letter'], token: `(?:${INNER_ABBREVIATION}|${ACRONYM})\\.` },
  { starts: ['mark'], token: `${APOSTROPHE}[0-9]{2}`, before: BREAK },
  { starts: ['letter'], token: anyCase('Yahoo!') },

  // Compounds.
  { starts: ['letter', 'digit'], token: FILE_NAME, before: `(?:${BREAK}|[.?!,])` },
  { starts: ['letter'], token: `${WORD}\\.`, before: INNER_STOP },
  { starts: ['letter', 'digit'], token: `${COMPOUND}\\.`, before: INNER_STOP },
  { starts: ['letter', 'digit'], token: COMPOUND, write: spell.withoutSoftHyphens },
  {
    starts: ['letter', 'digit'],
    token: DOTTED_COMPOUND,
    before: '[^A-Za-z0-9.+]',
    write: spell.withoutSoftHyphens,
  },
  { starts: ['letter', 'digit'], token: `${DOTTED_COMPOUND}\\.`, before: INNER_STOP },
  { starts: ['letter'], token: JOINED_CAPITALS, write: spell.ampersand },
  { starts: ['letter', 'digit'], token: SLASHED },

  // Marks.
  { starts: ['mark'], token: TAG, write: spell.joined },
  { starts: ['mark'], token: anyCase('&[mn]dash;'), write: spell.dash },
  { starts: ['mark'], token: '[\\u0096\\u0097‒-―]', write: spell.dash },
  { starts: ['mark'], token: anyCase('&amp;'), write: spell.ampersand },
  { starts: ['mark'], token: anyCase('&lt;'), write: () => '<' },
  { starts: ['mark'], token: anyCase('&gt;'), write: () => '>' },
  { starts: ['mark'], token: '&#[0-9]{1,9};' },
  { starts: ['mark'], token: SMILEY, before: '[^A-Za-z0-9]', write: spell.joinedWithBrackets },
  { starts: ['mark'], token: '[()\\[\\]{}]', write: spell.bracket },
  { starts: ['mark'], token: '[?!]+' },
  { starts: ['mark'], token: '-(?:RRB|LRB|RCB|LCB|RSB|LSB)-' },
  { starts: ['mark'], token: '-+', write: spell.hyphens },
  { starts: ['mark'], token: '[\\u058A\\u2010\\u2011]' },
  {
    starts: ['mark'],
    token: '(?:\\.{3,5}|(?:\\.[ \\u00A0]){2,4}\\.|\\u2026)',
    write: spell.ellipsis,
  },
  { starts: ['mark'], token: '(?:\\*+|(?:\\\\\\*){1,3}|#+|@+)' },
  { starts: ['mark'], token: STRAIGHT_QUOTE, before: '[A-Za-z0-9$]', write: spell.openingQuote },
  {
    starts: ['mark'],
    token: APOSTROPHE,
    before: '[A-Za-z][^ \\t\\n\\u00A0]',
    write: spell.openingQuote,
  },
  { starts: ['mark'], token: QUOTE, write: spell.quote },
  { starts: ['mark'], token: SYMBOL },
]
