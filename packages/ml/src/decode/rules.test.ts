import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from './decode.ts'
import type { DecodingMethod, Rules } from './decode-options.ts'
import { penalizeRepeats } from './rules.ts'
import { bigrams, END, randomTables, START } from './sample-models.ts'

const options = { images: 3, start: START, end: END, maxLength: 10 }
const seeds = fc.integer({ min: 0, max: 1e6 })
const methods: DecodingMethod[] = [
  { kind: 'greedy' },
  { kind: 'beam', width: 3, count: 3 },
  { kind: 'sample', seed: 1, count: 3, topP: 0.95 },
]

/** Checks captions of all methods on random models of 8 tokens. */
async function checkCaptions(rules: Rules, check: (tokens: number[], ended: boolean) => void) {
  const property = fc.asyncProperty(seeds, fc.constantFrom(...methods), async (seed, method) => {
    const step = bigrams(randomTables(3, 8, seed))
    const found = await decode(step, { ...options, method: { ...method, ...rules } })
    for (const hypotheses of found) expect(hypotheses.length).toBeGreaterThan(0)
    for (const { tokens, ended } of found.flat()) check(tokens, ended)
  })
  await fc.assert(property)
}

test('noImmediate: no token directly follows itself', () =>
  checkCaptions({ repetition: { noImmediate: true } }, (tokens) => {
    expect(tokens.filter((token, i) => token === tokens[i - 1])).toEqual([])
  }))

test.each([1, 2, 3])('noRepeatNgram: no sequence of %i tokens comes twice', (n) =>
  checkCaptions({ repetition: { noRepeatNgram: n } }, (tokens) => {
    const ngrams = tokens.slice(n - 1).map((_, i) => tokens.slice(i, i + n).join())
    expect(new Set(ngrams).size).toBe(ngrams.length)
  }),
)

test('minLength: no caption is shorter', () =>
  checkCaptions({ minLength: 4 }, (tokens) => {
    expect(tokens.length).toBeGreaterThanOrEqual(4)
  }))

test('banned: those tokens never come', () =>
  checkCaptions({ banned: [START, 3, 5] }, (tokens) => {
    expect(tokens.filter((token) => [START, 3, 5].includes(token))).toEqual([])
  }))

test('a caption that no token may follow stops there, and has not ended', () =>
  checkCaptions(
    { repetition: { noRepeatNgram: 1 }, minLength: 10, banned: [START] },
    (tokens, ended) => {
      expect(tokens.toSorted()).toEqual([2, 3, 4, 5, 6, 7])
      expect(ended).toBe(false)
    },
  ))

test('rules that allow no first token are refused', async () => {
  const method: DecodingMethod = { kind: 'greedy', banned: [0, 2], minLength: 1 }
  const result = decode(bigrams(randomTables(3, 3, 1)), { ...options, method })
  await expect(result).rejects.toThrow('No token may come first')
})

test('rules leave the log p of what they allow as it was', async () => {
  const step = () => bigrams([[[9, 0, 2], [], [0, 0, 0]]])
  const one = { ...options, images: 1, maxLength: 1 }
  const [[free]] = await decode(step(), { ...one, method: { kind: 'greedy', banned: [] } })
  const [[bound]] = await decode(step(), { ...one, method: { kind: 'greedy', banned: [0] } })
  expect(free.tokens).toEqual([0])
  expect(bound.tokens).toEqual([2])
  expect(bound.logProbs[0]).toBeCloseTo(free.logProbs[0] - 7, 9)
})

test('a repetition penalty is paid once by each token said, whatever the sign of its logit', () => {
  const logits = new Float64Array([3, -3, 3, -3, 0])
  penalizeRepeats(logits, [2, 3, 2, 4], 1.5)
  expect([...logits]).toEqual([3, -3, 2, -4.5, 0])
})
