import { FUNCTION_WORDS } from '../metrics/meteor/function-words.ts'
import { conceptKey, findConcept } from './find-concept.ts'

/**
 * Which words of these tokenized captions can be labels. In English captions: things, actions and
 * colours. In others, which the list of concepts knows nothing of: all but numbers, marks and the few
 * words that look like English grammar.
 */
export function createLabelTest(captions: Iterable<string>): (word: string) => boolean {
  if (isEnglish(captions)) return (word) => findConcept(word) !== undefined
  return isContentWord
}

/** Neither a number nor a mark, nor English grammar. */
export function isContentWord(word: string): boolean {
  return /^\p{L}[\p{L}\p{M}-]+$/u.test(word) && !FUNCTION_WORDS.has(word)
}

/** Words of one concept, by their places in the list. */
export type WordGroup = { key: string; word: string; members: number[] }

/**
 * Puts forms of a word together, in the order of the first of each. A group goes by its first word; an
 * action by its form in -ing, where the list has it: a picture shows somebody "running", not "run".
 */
export function groupByConcept(words: readonly string[]): WordGroup[] {
  const groups = new Map<string, number[]>()
  for (const [i, word] of words.entries()) {
    const key = conceptKey(word)
    const members = groups.get(key)
    if (members) members.push(i)
    else groups.set(key, [i])
  }
  return [...groups].map(([key, members]) => ({ key, members, word: nameGroup(members, words) }))
}

function nameGroup(members: readonly number[], words: readonly string[]): string {
  const forms = members.map((member) => words[member]!)
  const isAction = findConcept(forms[0]!)?.kind === 'action'
  return (isAction && forms.find((form) => form.endsWith('ing'))) || forms[0]!
}

/**
 * A third of the words of Flickr8k's captions are function words; of German ones a tenth look like
 * some, and a list of tags has none.
 */
function isEnglish(captions: Iterable<string>): boolean {
  let grammar = 0
  let all = 0
  for (const caption of captions) {
    for (const word of caption.split(' ')) {
      all++
      if (FUNCTION_WORDS.has(word)) grammar++
    }
  }
  return grammar / all > ENGLISH_SHARE
}

const ENGLISH_SHARE = 0.2
