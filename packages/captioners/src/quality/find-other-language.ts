import type { FindFault } from './fault.ts'
import { findOtherScript } from './find-other-script.ts'
import { primaryLanguage } from './primary-language.ts'
import { splitWords } from './split-words.ts'
import { foreignLetters, functionWords } from './words/function-words.ts'

/**
 * A caption in another language than the one asked for. A short one seldom tells its language, so it
 * passes unless its script, its little words or its letters speak against it.
 */
export const findOtherLanguage: FindFault = ({ outside }, { language: tag, style, trigger }) => {
  const language = primaryLanguage(tag)
  let text = trigger ? outside.replaceAll(trigger, ' ') : outside
  if (style === 'training') text = text.replace(/^photo of\s/, ' ')
  const other =
    findOtherScript(text, tag ?? 'en') ??
    [text, ...sentences(text)].map((part) => findOtherWords(part, language)).find(Boolean)
  return other && `The reply is in ${other}, not in ${nameOf(language)}.`
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** The code itself where it is not well-formed. */
function nameOf(language: string): string {
  return /^[a-z]{2,3}$/.test(language) ? (names.of(language) ?? language) : language
}

/** Each by itself as well: some models give the caption in two languages. */
const sentences = (text: string) =>
  text
    .slice(0, 2000)
    .split(/[.!?\n]+/)
    .filter((sentence) => sentence.trim().split(' ').length > 3)

/** The language of the little words, or "another language" where only letters are foreign. */
function findOtherWords(text: string, language: string): string | undefined {
  const words = splitWords(text.slice(0, 2000).replace(nameParticle, ' ')).flatMap((word) =>
    word.split(/(?<=\p{L}')/u),
  )
  const strange = words.filter((word) => foreignLetters[language]?.test(word))
  if (strange.length >= known(words, language).length + 3) return 'another language'
  if (!(language in functionWords)) return isMostlyEnglish(words) ? 'English' : undefined
  const [likeliest] = Object.keys(functionWords)
    .filter((other) => isRather(other, { language, words, strange }))
    .sort((a, b) => known(words, b).length - known(words, a).length)
  return likeliest && nameOf(likeliest)
}

/** Of a language without a list only this can be told, and models fall back to English. */
const isMostlyEnglish = (words: string[]) =>
  known(words, 'en').length >= Math.max(4, words.length / 3)

type Heard = { language: string; words: string[]; strange: string[] }

/** Two words more that are known speak for the other language; words with strange letters help. */
function isRather(other: string, { language, words, strange }: Heard): boolean {
  const own = known(words, language)
  const theirs = known(words, other)
  const onlyTheirs = theirs.filter((word) => !own.includes(word))
  if (onlyTheirs.length === 0) return false
  if (theirs.length >= own.length + 2) return true
  if (new Set([...strange, ...onlyTheirs]).size >= own.length + 2) return true
  const onlyOwn = own.filter((word) => !theirs.includes(word))
  return theirs.length > 2 && theirs.length > own.length && onlyOwn.length === 0
}

/** "Plaza de la Constitución": little words between capitals are part of a name. */
const nameParticle =
  /(?<=\p{Lu}[\p{L}'’-]{1,30}\s)(?:de|la|le|les|du|des|del|della|di|da|do|dos|das|van|der|den|von|el|y|e|i|al)\s(?:(?:la|las|los|les|le|der|den)\s)?(?=\p{Lu})/gu

const known = (words: string[], language: string) =>
  words.filter((word) => functionWords[language]?.has(word))
