import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Alignment, align } from './align.ts'
import { findMatches, type Match, type Matches } from './find-matches.ts'
import { createVocabulary } from './word.ts'

/** Enough for exact and stem matches. */
const vocabulary = createVocabulary({ findSynsets: () => [] })
const read = (text: string) => text.split(' ').map(vocabulary.getWord)

/** The chosen matches as "reference position:hypothesis position". */
const show = ({ matches }: Alignment) =>
  matches.flatMap((match, position) => (match ? [`${position}:${match.hypothesisStart}`] : []))

function alignTexts(hypothesis: string, reference: string): Alignment {
  const words = read(hypothesis)
  return align(findMatches(words, read(reference)), words.length)
}

test.each([
  ['words that occur once are joined', 'a dog runs', 'the dog barks', ['1:1'], 1],
  ['a word between ends a chunk', 'a b c', 'a x c', ['0:0', '2:2'], 2],
  ['another order ends a chunk', 'a b', 'b a', ['0:1', '1:0'], 2],
  ['of equal words the one that continues a chunk is taken', 'a x a b', 'a b', ['0:2', '1:3'], 1],
  ['more words come before fewer chunks', 'b a b', 'a b b', ['0:1', '1:2', '2:0'], 2],
  [
    'a lone stem match is kept though it opens a chunk',
    'run x dog',
    'runs a dog',
    ['0:0', '2:2'],
    2,
  ],
  ['one of two stem matches is not', 'run x running dog x', 'runs a dog', ['2:3'], 1],
  ['nothing in common is no chunk', 'a b', 'c d', [], 0],
])('%s', (_case, hypothesis, reference, matches, chunks) => {
  const alignment = alignTexts(hypothesis, reference)
  expect(show(alignment)).toEqual(matches)
  expect(alignment.chunks).toBe(chunks)
})

test('the distance of a choice is charged to the later branches', () => {
  // Both places of "a" cost the same here; had each branch paid for itself, the nearer would win.
  const alignment = alignTexts('a x x x x a', 'y y y y a')
  expect(show(alignment)).toEqual(['4:0'])
})

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 })

test('a beam finds as many matches in as few chunks as exhaustive search', () => {
  fc.assert(
    fc.property(words, words, (hypothesis, reference) => {
      const found = alignTexts(hypothesis.join(' '), reference.join(' '))
      const [matched, chunks] = searchAll(
        findMatches(read(hypothesis.join(' ')), read(reference.join(' '))),
      )
      expect([show(found).length, found.chunks]).toEqual([matched, chunks])
    }),
    { numRuns: 500 },
  )
})

test('no word is matched twice, and chunks are the runs of the matches chosen', () => {
  const phrases = fc.array(fc.constantFrom('run', 'runs', 'running', 'dog', 'dogs'), {
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(phrases, phrases, (hypothesis, reference) => {
      const alignment = alignTexts(hypothesis.join(' '), reference.join(' '))
      const taken = alignment.matches.flatMap((match) => (match ? [match.hypothesisStart] : []))
      expect(new Set(taken).size).toBe(taken.length)
      expect(alignment.chunks).toBe(countChunks(alignment.matches))
    }),
  )
})

test('two sentences of one word 2,000 times are aligned: not every way is tried', () => {
  const { matches, chunks } = alignTexts(
    Array(2_000).fill('dog').join(' '),
    Array(1_999).fill('dog').join(' '),
  )
  expect([matches.filter(Boolean).length, chunks]).toEqual([1_999, 1])
})

/** The slow witness: every way to choose single-word matches. Most matches, then fewest chunks. */
function searchAll(matches: Matches): [matched: number, chunks: number] {
  let best: [number, number] = [0, 0]
  const chosen: (Match | undefined)[] = []
  const visit = (taken: ReadonlySet<number>) => {
    if (chosen.length === matches.length) {
      const [matched, chunks] = [taken.size, countChunks(chosen)]
      if (matched > best[0] || (matched === best[0] && chunks < best[1])) best = [matched, chunks]
      return
    }
    for (const match of [undefined, ...matches[chosen.length]]) {
      if (match && taken.has(match.hypothesisStart)) continue
      chosen.push(match)
      visit(match ? new Set([...taken, match.hypothesisStart]) : taken)
      chosen.pop()
    }
  }
  visit(new Set())
  return best
}

/** Of single-word matches. */
const countChunks = (matches: readonly (Match | undefined)[]) =>
  matches.filter(
    (match, i) => match && matches[i - 1]?.hypothesisStart !== match.hypothesisStart - 1,
  ).length
