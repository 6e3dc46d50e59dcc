import type { ParaphraseTable } from './read-paraphrases.ts'
import type { Word } from './word.ts'

export const MODULES = ['exact', 'stem', 'synonym', 'paraphrase'] as const

/** Words of the hypothesis that mean what words of the reference mean. Lengths and starts in words. */
export type Match = {
  /** index into `MODULES` */
  module: number
  hypothesisStart: number
  hypothesisLength: number
  referenceLength: number
}

/** For each position of the reference the matches that start there, in the modules' order. */
export type Matches = readonly (readonly Match[])[]

/**
 * All matches between two sentences. A stem, synonym or paraphrase match joins different words only,
 * and equal sentences have exact matches only.
 */
export function findMatches(
  hypothesis: readonly Word[],
  reference: readonly Word[],
  paraphrases?: ParaphraseTable,
): Matches {
  const exactOnly = areEqual(hypothesis, reference)
  const matches: (readonly Match[])[] = []
  for (const [position, word] of reference.entries()) {
    const first = reference.indexOf(word) // the same word has the same matches: share them
    matches.push(first < position ? matches[first] : findWordMatches(hypothesis, word, exactOnly))
  }
  return paraphrases && !exactOnly
    ? addPhraseMatches(matches, hypothesis, reference, paraphrases)
    : matches
}

const NONE: readonly Match[] = []

const areEqual = (a: readonly Word[], b: readonly Word[]) =>
  a.length === b.length && a.every((word, i) => word === b[i])

function findWordMatches(
  hypothesis: readonly Word[],
  word: Word,
  exactOnly: boolean,
): readonly Match[] {
  let matches: Match[] | undefined
  for (let module = 0; module < (exactOnly ? 1 : WORD_MODULES.length); module++) {
    const isMatch = WORD_MODULES[module]
    for (let i = 0; i < hypothesis.length; i++)
      if (isMatch(hypothesis[i], word)) {
        matches ??= []
        matches.push({ module, hypothesisStart: i, hypothesisLength: 1, referenceLength: 1 })
      }
  }
  return matches ?? NONE
}

/** In the order of `MODULES`. Words are made once each, so equal words are the same object. */
const WORD_MODULES: readonly ((a: Word, b: Word) => boolean)[] = [
  (a, b) => a === b,
  (a, b) => a !== b && a.stem === b.stem,
  (a, b) => a !== b && (a.synsetMask & b.synsetMask) !== 0 && intersect(a.synsets, b.synsets),
]

/** Do two ascending lists share a number? */
function intersect(a: readonly number[], b: readonly number[]): boolean {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) return true
    if (a[i] < b[j]) i++
    else j++
  }
  return false
}

/** The matches of each position, followed by those of the phrases that start there. */
function addPhraseMatches(
  matches: Matches,
  hypothesis: readonly Word[],
  reference: readonly Word[],
  paraphrases: ParaphraseTable,
): Matches {
  const known = new Map<string, readonly Match[]>()
  return matches.map((wordMatches, position) => {
    const added: (readonly Match[])[] = []
    const longest = paraphrases.longest.get(reference[position].text) ?? 0
    const end = Math.min(position + longest, reference.length)
    let phrase = ''
    for (let i = position; i < end; i++) {
      phrase += (i === position ? '' : ' ') + reference[i].text
      let found = known.get(phrase)
      if (!found) {
        found = findPhraseMatches(
          hypothesis,
          paraphrases.phrases.get(phrase) ?? [],
          i + 1 - position,
        )
        known.set(phrase, found)
      }
      if (found.length > 0) added.push(found)
    }
    return added.length === 0 ? wordMatches : [...wordMatches, ...added.flat()]
  })
}

function findPhraseMatches(
  hypothesis: readonly Word[],
  paraphrases: readonly (readonly string[])[],
  referenceLength: number,
): readonly Match[] {
  const matches: Match[] = []
  for (const paraphrase of paraphrases)
    for (let start = 0; start + paraphrase.length <= hypothesis.length; start++)
      if (paraphrase.every((word, i) => hypothesis[start + i].text === word))
        matches.push({
          module: MODULES.indexOf('paraphrase'),
          hypothesisStart: start,
          hypothesisLength: paraphrase.length,
          referenceLength,
        })
  return matches
}
