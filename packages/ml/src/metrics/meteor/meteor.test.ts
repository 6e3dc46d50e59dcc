import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toArray } from '../chain.ts'
import type { CaptionPair } from '../metric.ts'
import { collectVocabulary, createMeteor, loadMeteor } from './meteor.ts'
import { makeParaphraseTable } from './read-paraphrases.ts'
import { loadWordnetSynonyms } from './wordnet-synonyms.ts'

const synonyms = loadWordnetSynonyms()
const meteor = createMeteor({ synonyms })
const paraphrases = makeParaphraseTable([
  ['next to', 'beside'],
  ['dog', 'animal'],
])

const captions = fc
  .array(
    fc.constantFrom('a', 'dog', 'dogs', 'hound', 'runs', 'running', 'next', 'to', 'beside', "'s"),
    {
      maxLength: 9,
    },
  )
  .map((words) => words.join(' '))
const pair = fc.record({
  hypothesis: captions,
  references: fc.array(captions, { minLength: 1, maxLength: 4 }),
})
const variants = fc.constantFrom(meteor, createMeteor({ synonyms, paraphrases }))

test('texts of any kind get a score from 0 to 1', () => {
  const text = fc.oneof(captions, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(
      variants,
      fc.array(fc.record({ hypothesis: text, references: fc.array(text, { minLength: 1 }) })),
      (metric, pairs) => {
        const { corpus, perImage } = metric.score(pairs)
        for (const score of [corpus, ...perImage]) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(1 + 1e-12)
        }
      },
    ),
  )
})

test('what was said word for word scores 1', () => {
  const said = captions.filter((text) => text !== '')
  fc.assert(
    fc.property(variants, said, fc.array(captions), (metric, hypothesis, others) => {
      const { corpus, perImage } = metric.score([
        { hypothesis, references: [...others, hypothesis] },
      ])
      expect(perImage[0]).toBeCloseTo(1, 12)
      expect(corpus).toBeCloseTo(1, 12)
    }),
  )
})

test('one more reference never lowers an image’s score', () => {
  fc.assert(
    fc.property(variants, pair, captions, (metric, { hypothesis, references }, reference) => {
      const more = { hypothesis, references: [...references, reference] }
      const [before, after] = metric.score([{ hypothesis, references }, more]).perImage
      expect(after).toBeGreaterThanOrEqual(before)
    }),
  )
})

test('updates one by one give what one call gives, and leave earlier states as they were', () => {
  fc.assert(
    fc.property(fc.array(pair), pair, (pairs, last) => {
      const before = pairs.reduce(meteor.update, meteor.init())
      const half = meteor.result(before)
      const after = meteor.update(before, last)
      expect(meteor.result(after)).toEqual(meteor.score([...pairs, last]))
      expect(meteor.result(before)).toEqual(half)
    }),
  )
})

test('the corpus value is the score of the sums, not the mean', () => {
  const { corpus, perImage } = meteor.score([
    { hypothesis: 'a dog', references: ['a dog'] },
    { hypothesis: 'a cat on a mat', references: ['a cat sat there'] },
  ])
  expect(Math.abs(corpus - (perImage[0] + perImage[1]) / 2)).toBeGreaterThan(0.05)
})

test.each<[string, CaptionPair, CaptionPair]>([
  [
    'a separator in a reference splits it',
    { hypothesis: 'a b', references: ['c ||| a b'] },
    { hypothesis: 'a b', references: ['c', 'a b'] },
  ],
  [
    'a separator in a hypothesis is dropped',
    { hypothesis: 'a ||| b', references: ['a b'] },
    { hypothesis: 'a b', references: ['a b'] },
  ],
])('%s', (_case, odd, plain) => {
  expect(toArray(meteor.update(meteor.init(), odd).images)).toEqual(
    toArray(meteor.update(meteor.init(), plain).images),
  )
})

test('no images score 0', () => {
  expect(meteor.score([])).toEqual({ corpus: 0, perImage: [] })
})

test('a paraphrase table is read for the words in use, and named in the variant', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meteor-'))
  try {
    const file = join(folder, 'paraphrase.gz')
    writeFileSync(file, gzipSync('0.5\nnext to\nbeside\n'))
    const pairs = [{ hypothesis: 'a dog next to it', references: ['a dog beside it'] }]
    const withTable = await loadMeteor({
      paraphrases: { file, vocabulary: collectVocabulary(pairs) },
    })
    const without = await loadMeteor()

    expect([without.variant, withTable.variant]).toEqual(['ex st sy', 'ex st sy pa'])
    expect(withTable.score(pairs).corpus).toBeGreaterThan(without.score(pairs).corpus)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
