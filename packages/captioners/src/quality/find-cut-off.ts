import type { FindFault } from './fault.ts'
import { isHalfWord } from './is-half-word.ts'
import { primaryLanguage } from './primary-language.ts'
import { splitWords } from './split-words.ts'
import { danglingWords } from './words/dangling-words.ts'

/** A reply that stops in the middle: at the limit of tokens, or where no sentence can end. */
export const findCutOff: FindFault = ({ unwrapped }, { finish, language }) => {
  if (isFinished(unwrapped)) return undefined
  if (finish === 'length') return 'The reply reached the limit of tokens in the middle.'
  if (openEnd.test(unwrapped)) return 'The reply ends in the middle of a sentence.'
  if (isOpen(unwrapped)) return 'The reply ends inside a quote or brackets.'
  const end = splitWords(unwrapped.slice(-200))
  return endsInMiddle(end, primaryLanguage(language))
    ? `The reply ends in the middle, with "${end.at(-1)}".`
    : undefined
}

/** With a full stop or the like, or with the end of something quoted. */
const isFinished = (text: string) =>
  /[.!?…。！？؟]["'”’»«)\]」』）*]{0,3}$|["”’»«)\]」』）'“]$/u.test(text) &&
  !/\b(?:Mr|Mrs|Ms|Dr|St|Prof)\.$/.test(text)

const openEnd = /[,;:(\-–—/&+、，；：（]$/u

/** A quote or a bracket near the end that was never closed. */
function isOpen(text: string): boolean {
  const tail = text.slice(-200).replace(/(?<=\s|^)"[^"]{1,100}"/g, '…')
  return unclosed.test(tail)
}

const unclosed = new RegExp(
  [
    '"(?=[\\p{L}\\p{N}])[^"]{0,100}',
    '[“„][^”“]{0,100}',
    '«[^»]{0,100}',
    '「[^」]{0,100}',
    '『[^』]{0,100}',
    '\\([^)]{0,100}',
    '（[^）]{0,100}',
  ]
    .map((source) => `(?:^|\\s)${source}$`)
    .join('|'),
  'u',
)

function endsInMiddle(words: string[], language: string): boolean {
  const last = words.at(-1) ?? ''
  const dangling = danglingWords[language]
  if (dangling?.always.has(last)) return true
  if (language === 'en' && (isHalfWord(last) || openClause.test(words.join(' ')))) return true
  return (dangling?.unlessStranded?.has(last) ?? false) && !isStranded(words)
}

const openClause = /(?:that|which|who|and) (?:is|are|was|were)$/

/** "A bench to sit on", "the house he came from": the preposition belongs to what stands before it. */
const isStranded = (words: string[]) =>
  /^(?:on|up|in|out)$/.test(words.at(-2) ?? '') ||
  words.slice(-4, -1).includes('to') ||
  words.slice(-7, -1).some((word) => pronouns.has(word))

const pronouns = new Set(
  'which that who whom what where he she they we you i it nothing something someone'.split(' '),
)
