import { anyCase, oneOf } from './characters.ts'

/**
 * Abbreviations whose dot belongs to the word, in the conventions of the Penn Treebank. Each entry
 * is a pattern in any case; letters in brackets must have the case they are written in, because
 * without it the abbreviation is an everyday word ("a bird's [I]ll", "[W]ash", "[M]iss").
 */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'Jun', 'Jul', 'Aug', 'Sept?', 'Oct', 'Nov', 'Dec']

/** "Sat." and "Sun." are left out: at the end of a sentence they are mostly a verb and a star. */
const days = ['Mon', 'Tues?', 'Wed', 'Thu(?:rs)?', 'Fri']

/** The traditional short forms of the United States' states. */
const states =
  'Ala Ariz [A]rk Calif Colo Conn Ct Dak [D]el Fla Ga [I]ll Ind Kans? Ky [L]a [M]ass Md Mich Minn ' +
  '[M]iss Mo Mont Neb Nev Okla [O]re [P]a Penn Tenn [T]ex Va Vt [W]ash Wisc? Wyo'

const companies = 'Assn Bros Corp Cos? Dept Inc Intl Ltd Plc Univ'
const streets = 'Blvd Rd Rt'
const afterNames = 'Esq Jr Sr Ph\\.D'
const others = 'al est etc ext seq sq tel'

const titles =
  'Adm Attys? Brig Capt Col Cpl Det Drs? Gen Govs? Hon Lt Lieut Maj Messrs [M]iss Mr Mrs Ms Pfc Pres ' +
  'Profs? Pvt Reps? Rev Sens? Sgt Ste? Supts?'
const places = 'Ave Mt'

/** Names that are shortened by custom, and words that always have something after them. */
const midSentence = 'Alex Jos Wm cf vs'

const beforeNumbers = 'art bldg ca figs? nos? op pp prop'

/** May end a sentence: then the dot counts twice, once in the word and once as a token. */
export const CLOSING_ABBREVIATION = anyCase(
  oneOf([
    ...months,
    ...days,
    ...words(states),
    ...words(companies),
    ...words(streets),
    ...words(afterNames),
    ...words(others),
  ]),
)

/** Never ends a sentence. */
export const INNER_ABBREVIATION = anyCase(
  oneOf([...words(titles), ...words(places), ...words(midSentence)]),
)

/** An abbreviation in front of a number only: "no. 2", but "he said no." */
export const NUMBER_ABBREVIATION = anyCase(oneOf(words(beforeNumbers)))

/** u.s, p.m, e.g; a single letter, too. The last dot is left to the rule. */
export const ACRONYM = '[A-Za-z](?:\\.[A-Za-z])*'

/**
 * A sentence that begins with one of these words, in this case, ends the one before, even after an
 * acronym. They are words of closed classes (articles, pronouns, prepositions, conjunctions, adverbs);
 * before any other word "U." stays an initial ("U. Miami").
 */
export const SENTENCE_OPENER = oneOf([
  ...words('A An The This That These Those There Here'),
  ...words('He She It We You They Her His Our Their One Some Such Many More Other'),
  ...words('About After As At But However If In Since So Then What When While Now Once Yet'),
])

function words(list: string): string[] {
  return list.split(' ')
}
