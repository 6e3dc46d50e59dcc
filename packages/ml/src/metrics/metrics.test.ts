import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { captionPairs, isClose } from '../../test/sample-captions.ts'
import { bleu, scoreBleu } from './bleu.ts'
import { createCider, scoreCider } from './cider.ts'
import { countDocumentFrequency } from './document-frequency.ts'
import { type CaptionPair, type Metric, scoreAll } from './metric.ts'
import { rougeL, scoreRougeL } from './rouge-l.ts'

type AnyScore = { corpus: number | readonly number[]; perImage: (number | readonly number[])[] }

const metrics: [string, Metric<unknown, AnyScore>][] = [
  ['BLEU', bleu as Metric<unknown, AnyScore>],
  ['ROUGE-L', rougeL as Metric<unknown, AnyScore>],
  ['CIDEr-D', createCider() as Metric<unknown, AnyScore>],
  ['CIDEr', createCider({ variant: 'cider' }) as Metric<unknown, AnyScore>],
]

describe.each(metrics)('%s', (_name, metric) => {
  test('the order of the images does not matter', () => {
    fc.assert(
      fc.property(captionPairs, (pairs) => {
        const forward = scoreAll(metric, pairs)
        const backward = scoreAll(metric, pairs.toReversed())
        const perImage = backward.perImage.toReversed()
        expect([forward.corpus, ...forward.perImage].flat().map(round)).toEqual(
          [backward.corpus, ...perImage].flat().map(round),
        )
      }),
    )
  })

  test('a state that was read may be continued, twice over, as if it had not been', () => {
    fc.assert(
      fc.property(captionPairs, captionPairs, captionPairs, (first, second, third) => {
        let start = metric.init()
        for (const pair of first) start = metric.update(start, pair)
        metric.result(start)
        for (const rest of [second, third]) {
          let state = start
          for (const pair of rest) state = metric.update(state, pair)
          expect(metric.result(state)).toEqual(scoreAll(metric, [...first, ...rest]))
        }
      }),
    )
  })

  test('an image without references is refused', () => {
    const pair: CaptionPair = { hypothesis: 'a dog', references: [] }
    expect(() => metric.update(metric.init(), pair)).toThrow('"a dog" has no reference')
  })

  test('nothing scores 0', () => {
    expect([scoreAll(metric, []).corpus].flat().every((value) => value === 0)).toBe(true)
  })
})

const round = (value: number) => Number(value.toPrecision(12))

const perfect: CaptionPair[] = [
  { hypothesis: 'a man rides a brown horse', references: ['a man rides a brown horse', 'a rider'] },
  { hypothesis: 'two dogs play in the snow', references: ['dogs', 'two dogs play in the snow'] },
]

test('a perfect hypothesis scores 1 in BLEU and ROUGE-L, and 10 in CIDEr-D on its own reference', () => {
  for (const value of scoreBleu(perfect).corpus) expect(value).toBeCloseTo(1, 8)
  expect(scoreRougeL(perfect).corpus).toBe(1)
  const ownReference = perfect.map(({ hypothesis }) => ({ hypothesis, references: [hypothesis] }))
  expect(scoreCider(ownReference).corpus).toBeCloseTo(10, 12)
})

test('BLEU adds counts up over the images; it is not the mean of their scores', () => {
  const { corpus, perImage, counts } = scoreBleu([
    { hypothesis: 'a dog', references: ['a dog'] },
    { hypothesis: 'one two three four', references: ['alpha beta gamma delta'] },
  ])
  expect(counts.correct).toEqual([2, 1, 0, 0])
  expect(counts.guessed).toEqual([6, 4, 2, 1])
  expect(corpus[0]).toBeCloseTo(2 / 6, 8)
  expect(perImage.map(([first]) => first!)).toEqual([expect.closeTo(1, 8), expect.closeTo(0, 8)])
})

test('of two references equally close in length BLEU takes the shorter', () => {
  const { counts } = scoreBleu([{ hypothesis: 'a b c d', references: ['a b c d e', 'a b c'] }])
  expect(counts.referenceLength).toBe(3)
})

test('fixed document frequencies of the same references give the same CIDEr', () => {
  fc.assert(
    fc.property(captionPairs, (pairs) => {
      const documentFrequency = countDocumentFrequency(pairs.map(({ references }) => references))
      expect(scoreCider(pairs, { documentFrequency })).toEqual(scoreCider(pairs))
    }),
  )
})

test('with fixed document frequencies an image scores the same whatever else is scored', () => {
  const documentFrequency = {
    images: 1000,
    counts: new Map([
      ['a', 990],
      ['a dog', 200],
    ]),
  }
  const pairs = [
    { hypothesis: 'a dog runs', references: ['a dog is running', 'a dog'] },
    { hypothesis: 'a cat', references: ['a cat'] },
  ]
  const together = scoreCider(pairs, { documentFrequency })
  const alone = pairs.flatMap((pair) => scoreCider([pair], { documentFrequency }).perImage)
  expect(together.perImage).toEqual(alone)
  expect(alone[1]).toBeCloseTo(5, 12) // orders 1 and 2 agree, orders 3 and 4 are empty
})

test('the CIDEr of one image alone is 0', () => {
  expect(scoreCider([{ hypothesis: 'a dog', references: ['a dog'] }]).corpus).toBe(0)
})

test('CIDEr-D agrees with the formula written out over maps', () => {
  fc.assert(
    fc.property(captionPairs, (pairs) => {
      const expected = pairs.map((pair) => ciderOfFormula(pair, pairs))
      const { perImage } = scoreCider(pairs)
      expect(perImage.filter((value, i) => !isClose(value, expected[i]!, 1e-9))).toEqual([])
    }),
  )
})

/** The slow witness: as the definition reads, one n-gram at a time. */
function ciderOfFormula({ hypothesis, references }: CaptionPair, all: CaptionPair[]): number {
  const words = (text: string) => text.split(' ').filter(Boolean)
  const ngrams = (text: string, n: number) =>
    words(text).flatMap((_, i, list) =>
      i + n <= list.length ? [list.slice(i, i + n).join(' ')] : [],
    )
  const df = (ngram: string, n: number) =>
    all.filter((pair) => pair.references.some((text) => ngrams(text, n).includes(ngram))).length
  const g = (text: string, ngram: string, n: number) =>
    ngrams(text, n).filter((other) => other === ngram).length *
    (Math.log(all.length) - Math.log(Math.max(1, df(ngram, n))))
  const norm = (text: string, n: number) =>
    Math.hypot(...[...new Set(ngrams(text, n))].map((ngram) => g(text, ngram, n)))
  const length = (text: string) => Math.max(0, words(text).length - 1)

  let total = 0
  for (const reference of references) {
    for (const n of [1, 2, 3, 4]) {
      let sum = 0
      for (const ngram of new Set(ngrams(hypothesis, n))) {
        sum += Math.min(g(hypothesis, ngram, n), g(reference, ngram, n)) * g(reference, ngram, n)
      }
      const norms = norm(hypothesis, n) * norm(reference, n)
      const penalty = Math.exp(-((length(hypothesis) - length(reference)) ** 2) / 72)
      total += ((norms === 0 ? sum : sum / norms) * penalty) / 4
    }
  }
  return (10 * total) / references.length
}
