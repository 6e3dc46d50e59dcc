import { type Alignment, align } from './align.ts'
import { findMatches, MODULES } from './find-matches.ts'
import type { ParaphraseTable } from './read-paraphrases.ts'
import type { Word } from './word.ts'

/**
 * What METEOR counts of one hypothesis (here "test") and one reference: 23 numbers in the order of
 * METEOR 1.5's statistics lines. They add up over images.
 *
 *   0  testLength referenceLength testFunctionWords referenceFunctionWords
 *   4  for each module (exact, stem, synonym, paraphrase), matched
 *      testContent referenceContent testFunction referenceFunction words
 *   20 chunks testMatched referenceMatched
 */
export type MeteorStatistics = readonly number[]

export const FIRST_MODULE = 4
export const PER_MODULE = 4
export const CHUNKS = FIRST_MODULE + PER_MODULE * MODULES.length
export const NO_STATISTICS: MeteorStatistics = new Array<number>(CHUNKS + 3).fill(0)

export function countMeteor(
  hypothesis: readonly Word[],
  reference: readonly Word[],
  paraphrases?: ParaphraseTable,
): MeteorStatistics {
  const alignment = align(findMatches(hypothesis, reference, paraphrases), hypothesis.length)
  return countAlignment(hypothesis, reference, alignment)
}

function countAlignment(
  hypothesis: readonly Word[],
  reference: readonly Word[],
  { matches, chunks }: Alignment,
): MeteorStatistics {
  const statistics = NO_STATISTICS.slice()
  statistics[0] = hypothesis.length
  statistics[1] = reference.length
  statistics[2] = countFunctionWords(hypothesis, 0, hypothesis.length)
  statistics[3] = countFunctionWords(reference, 0, reference.length)
  for (let position = 0; position < matches.length; position++) {
    const match = matches[position]
    if (!match) continue
    const { module, hypothesisStart, hypothesisLength, referenceLength } = match
    const testFunction = countFunctionWords(hypothesis, hypothesisStart, hypothesisLength)
    const referenceFunction = countFunctionWords(reference, position, referenceLength)
    const at = FIRST_MODULE + PER_MODULE * module
    statistics[at] += hypothesisLength - testFunction
    statistics[at + 1] += referenceLength - referenceFunction
    statistics[at + 2] += testFunction
    statistics[at + 3] += referenceFunction
    statistics[CHUNKS + 1] += hypothesisLength
    statistics[CHUNKS + 2] += referenceLength
  }
  statistics[CHUNKS] = chunks
  return statistics
}

function countFunctionWords(words: readonly Word[], start: number, length: number): number {
  let count = 0
  for (let i = start; i < start + length; i++) if (words[i].isFunction) count++
  return count
}
