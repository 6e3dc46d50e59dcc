import { expect, test } from 'vitest'
import { readVectors } from '../../../test/read-vectors.ts'
import { normalizeForMeteor } from './normalize-for-meteor.ts'

const vectors = readVectors<{ pairs: [raw: string, normalized: string][] }>(
  'meteor15_normalizer_2000.json',
)

test.skipIf(!vectors)('2,000 captions are normalized as METEOR 1.5 does', () => {
  for (const [raw, normalized] of vectors!.pairs)
    expect(normalizeForMeteor(raw).join(' ')).toBe(normalized.toLowerCase())
})

test.each([
  ['an apostrophe after a space stands alone', "a dog 's life", "a dog ' s life"],
  ['a clitic is split before its apostrophe', "it's n't", "it 's n 't"],
  ['a hyphen inside a word becomes a space', 'a horse-drawn cart', 'a horse drawn cart'],
  ['the second of two hyphens one letter apart stays', 'jack-o-lantern', 'jack o-lantern'],
  ['the names of brackets stay whole', '-lrb- left -rrb-', '-lrb- left -rrb-'],
  ['an acronym loses its dots', 'the U.S. flag', 'the us flag'],
  ['an abbreviation keeps its dot', 'Mr. Smith', 'mr. smith'],
  ['"no." is an abbreviation before a number only', 'No. 5 No. Five', 'no. 5 no . five'],
  ['the last full stop is a token', 'It ends.', 'it ends .'],
  ['a number keeps its point and its comma', '3.5 of 1,000', '3.5 of 1,000'],
  ['other marks are tokens', '1/2 at 5:54, 50%', '1 / 2 at 5 : 54 , 50 %'],
  ['dots in a row are one token', 'wait...what', 'wait ... what'],
  ['Latin letters with accents stay in their word', 'Du café', 'du café'],
  ['letters of other scripts stand alone', 'テスト', 'テ ス ト'],
  ['spaces of any kind and number separate', ' a\u00a0 b\t', 'a b'],
  ['nothing stays nothing', '', ''],
])('%s', (_case, text, normalized) => {
  expect(normalizeForMeteor(text).join(' ')).toBe(normalized)
})
