import { expect, test } from 'vitest'
import { findMatches, MODULES } from './find-matches.ts'
import { makeParaphraseTable } from './read-paraphrases.ts'
import { createVocabulary } from './word.ts'

const synsets: Record<string, number[]> = { car: [1, 5], auto: [2, 5], cars: [1], big: [37] }
const vocabulary = createVocabulary({ findSynsets: (word) => synsets[word] ?? [] })
const read = (text: string) => text.split(' ').map(vocabulary.getWord)

const paraphrases = makeParaphraseTable([
  ['next to', 'beside'],
  ['car', 'motor vehicle'],
  ['big', 'red'],
])

/** Each match as "reference words = hypothesis words (module)". */
function show(hypothesis: string, reference: string, table = paraphrases): string[] {
  const [h, r] = [read(hypothesis), read(reference)]
  const text = (words: typeof h, start: number, length: number) =>
    words
      .slice(start, start + length)
      .map(({ text }) => text)
      .join(' ')
  return findMatches(h, r, table).flatMap((matches, position) =>
    matches.map((match) => {
      const left = text(r, position, match.referenceLength)
      const right = text(h, match.hypothesisStart, match.hypothesisLength)
      return `${left} = ${right} (${MODULES[match.module]})`
    }),
  )
}

test.each([
  [
    'equal words match exactly, once for each pair',
    'a b a',
    'a',
    ['a = a (exact)', 'a = a (exact)'],
  ],
  [
    'two words can match in two ways, stem first',
    'cars',
    'car',
    ['car = cars (stem)', 'car = cars (synonym)'],
  ],
  ['words of a common synset are synonyms', 'auto', 'car', ['car = auto (synonym)']],
  ['synsets that only look alike to the mask are not', 'big', 'auto', []],
  ['a phrase is found from the reference', 'beside', 'next to', ['next to = beside (paraphrase)']],
  [
    'and from the hypothesis',
    'x next to',
    'beside x',
    ['beside = next to (paraphrase)', 'x = x (exact)'],
  ],
  ['single words can be paraphrases', 'red', 'big', ['big = red (paraphrase)']],
  [
    'equal sentences match exactly only',
    'car cars',
    'car cars',
    ['car = car (exact)', 'cars = cars (exact)'],
  ],
  ['nothing matches nothing', 'x', 'y', []],
])('%s', (_case, hypothesis, reference, matches) => {
  expect(show(hypothesis, reference)).toEqual(matches)
})

test('without a table there are no paraphrases', () => {
  expect(findMatches(read('beside'), read('next to')).flat()).toEqual([])
})
