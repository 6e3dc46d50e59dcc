import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readVectors } from '../../../test/read-vectors.ts'
import { splitPtbTokens } from './split-ptb-tokens.ts'
import { tokenizeCaption, tokenizeCaptions } from './tokenize-captions.ts'

type Vectors = {
  records: { raw: string; ptb: string; final: string }[]
  context_dependent_examples: { raw: string; in_stream: string; isolated: string }[]
}
const vectors = readVectors('ptb_tokenizer_2000.json') as Vectors | undefined

test.skipIf(!vectors)('tokens agree with 2,044 lines that CoreNLP 3.4.1 has tokenized', () => {
  const { records } = vectors!
  // Made with a line "x" after each, in which no sentence begins.
  const ours = records.map(({ raw }) => ({
    raw,
    ptb: splitPtbTokens(raw, 'x').join(' '),
    final: tokenizeCaption(raw, 'x'),
  }))
  expect(ours).toEqual(records.map(({ raw, ptb, final }) => ({ raw, ptb, final })))
})

test.skipIf(!vectors)(
  'captions whose tokens depend on the next line agree in both contexts',
  () => {
    for (const { raw, in_stream, isolated } of vectors!.context_dependent_examples) {
      expect(tokenizeCaptions([raw, 'A dog runs.'])[0]).toBe(in_stream)
      expect(tokenizeCaptions([raw, 'x'])[0]).toBe(isolated)
      expect(tokenizeCaption(raw)).toBe(isolated)
    }
  },
)

test.each([
  ['a full stop, a comma', 'Two birds, one nest.', 'two birds one nest'],
  ['quotes of all kinds', "A \"red\" 'blue' “green” ‘grey’ ``door''", 'a red blue green grey door'],
  [
    'dashes up to four hyphens',
    'dawn - noon -- dusk --- night ---- dark',
    'dawn noon dusk night dark',
  ],
  ['typographic dashes', 'cold–warm—hot', 'cold warm hot'],
  ['dots', 'wait. . . what… now..', 'wait what now'],
  ['a colon and a semicolon', 'menu: fish; chips', 'menu fish chips'],
  ['a single mark', 'really? yes!', 'really yes'],
])('%s: dropped', (_case, caption, expected) => {
  expect(tokenizeCaption(caption)).toBe(expected)
})

test.each([
  [
    'brackets, because the list has capitals',
    'a cup (red) [x] {y}',
    'a cup -lrb- red -rrb- -lsb- x -rsb- -lcb- y -rcb-',
  ],
  ['several marks in one', 'no!! what?! why??', 'no !! what ?! why ??'],
  ['five hyphens', 'left ----- right', 'left ----- right'],
  ['symbols', 'salt & 5 % = 1 + 2 / 3 * ~ ^', 'salt & 5 % = 1 + 2 / 3 * ~ ^'],
  ['a smiley', 'a happy boy :)', 'a happy boy :-rrb-'],
])('%s: kept', (_case, caption, expected) => {
  expect(tokenizeCaption(caption)).toBe(expected)
})

test('nothing but punctuation leaves an empty caption', () => {
  expect(tokenizeCaptions(['', ' \t ', '...', '?', '"', '😀'])).toEqual(['', '', '', '', '', ''])
})

test('a fraction is one token with a no-break space in it', () => {
  expect(tokenizeCaption('A 2 3/4 inch nail')).toBe('a 2\u00A03/4 inch nail')
})

test('a caption is one line, whatever line ends it holds', () => {
  const caption = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
  expect(tokenizeCaption('one\ntwo\rthree\r\nfour\u2028five\u2029six\u0085seven\u000Beight')).toBe(
    caption.join(' '),
  )
})

test('blank captions are looked through for the beginning of the next sentence', () => {
  expect(tokenizeCaptions(['a sign with a K.', '', '', 'The cat sleeps.'])[0]).toBe(
    'a sign with a k',
  )
  expect(tokenizeCaptions(['a sign with a K.', '', '', 'Cats sleep.'])[0]).toBe('a sign with a k.')
})

test('any text gives one line of tokens without plain spaces in them', () => {
  const piece = fc.constantFrom(
    ...'aBz09 .,:;!?\'"’“`-_/&#@$%()[]<>=+*~\n\r\t\u00A0\u00AD\u0000é中🙂½°–…'.match(/[\s\S]/gu)!,
    "'s",
    "n't",
    'cannot',
    '&amp;',
    'St.',
    'U.S.',
    'http://',
    'www.',
    '.com',
    '1 1/2',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (captions) => {
      const tokenized = tokenizeCaptions(captions)
      expect(tokenized).toHaveLength(captions.length)
      for (const line of tokenized) expect(line).toMatch(/^[^\n\r\v\f\u0085\u2028\u2029]*$/)
      for (const caption of captions)
        for (const token of splitPtbTokens(caption)) expect(token).toMatch(/^[^ \t\n\r]+$/)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['a'],
  ["'"],
  ['1,'],
  ['a-'],
  ['a.'],
  ['a,'],
  ['a/'],
  ['a@'],
  ['$'],
  ['<a '],
  ["'a"],
  ['. '],
  ['U. '],
  ['http://'],
])(
  'half a megabyte of %j is read in one go: a quadratic rule would take minutes',
  (part) => {
    expect(splitPtbTokens(part.repeat(500_000 / part.length)).length).toBeGreaterThan(0)
  },
  60_000,
)
