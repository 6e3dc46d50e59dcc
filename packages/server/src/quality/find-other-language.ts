import type { Find } from './check-reply.ts'
import { findOtherScript } from './find-other-script.ts'
import { foreignLetters, functionWords } from './function-words.ts'
import { primaryLanguage } from './primary-language.ts'
import { splitWords } from './split-words.ts'

/**
 * A caption in another language than the one asked for. A short one seldom tells its language, so it
 * passes unless its script, its little words or its letters speak against it.
 */
export const findOtherLanguage: Find = ({ outside }, { language: tag, style, trigger }) => {
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
  const own = countKnown(words, language)
  const strange = words.filter((word) => foreignLetters[language]?.test(word))
  if (strange.length >= own + 3) return 'another language'
  const isKnown = language in functionWords
  const others = isKnown ? Object.keys(functionWords) : ['en']
  const found = others.find((other) => {
    if (other === language) return false
    const count = countKnown(words, other)
    if (!isKnown) return count >= Math.max(4, words.length / 3)
    const telling = known(words, other).filter((word) => !functionWords[language]?.has(word))
    if (telling.length > 0 && new Set([...strange, ...telling]).size >= own + 2) return true
    return count >= own + 2 || (count > own && count > 2 && !hasOwn(words, language, other))
  })
  return found && nameOf(found)
}

/** A word that is of the language and not of the other one. */
const hasOwn = (words: string[], language: string, other: string) =>
  words.some((word) => functionWords[language]?.has(word) && !functionWords[other]?.has(word))

/** "Plaza de la Constitución": little words between capitals are part of a name. */
const nameParticle =
  /(?<=\p{Lu}[\p{L}'’-]{1,30}\s)(?:de|la|le|les|du|des|del|della|di|da|do|dos|das|van|der|den|von|el|y|e|i|al)\s(?:(?:la|las|los|les|le|der|den)\s)?(?=\p{Lu})/gu

const known = (words: string[], language: string) =>
  words.filter((word) => functionWords[language]?.has(word))

const countKnown = (words: string[], language: string) => known(words, language).length
