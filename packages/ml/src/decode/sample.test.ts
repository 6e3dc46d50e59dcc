import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from './decode.ts'
import type { SampleMethod } from './decode-options.ts'
import { keepProbable } from './keep-probable.ts'
import { bigrams, END, randomTables, START } from './sample-models.ts'

const logits = [0.3, -1, 1.5, 0.9, -0.2, 0.8]
const images = 20_000

/** How often each token comes first, over many images with the same logits. */
async function countFirst(method: SampleMethod): Promise<number[]> {
  const step = async (tokens: Int32Array) => Float32Array.from([...tokens].flatMap(() => logits))
  const results = await decode(step, { images, start: START, end: END, maxLength: 1, method })
  const counts = logits.map(() => 0)
  for (const [{ tokens }] of results) counts[tokens[0] ?? END]++
  return counts
}

/** Pearson's Σ (observed − expected)² / expected; tokens of probability 0 must not come at all. */
function chiSquare(counts: number[], weights: number[]): number {
  const total = weights.reduce((sum, x) => sum + x, 0)
  return weights.reduce((sum, weight, token) => {
    const expected = (images * weight) / total
    if (expected === 0) expect(counts[token]).toBe(0)
    return sum + (expected === 0 ? 0 : (counts[token] - expected) ** 2 / expected)
  }, 0)
}

const p = (temperature: number) => logits.map((x) => Math.exp(x / temperature))
const only = (kept: number[], weights: number[]) =>
  weights.map((w, v) => (kept.includes(v) ? w : 0))

// From most to least probable: 2 (0.40), 3 (0.22), 5 (0.20), 0 (0.12), 4 (0.07), 1 (0.03) at temperature 1.
test.each<[string, Partial<SampleMethod>, number[]]>([
  ['as they are', {}, p(1)],
  ['at a high temperature', { temperature: 2.5 }, p(2.5)],
  ['at a low temperature', { temperature: 0.4 }, p(0.4)],
  ['of the top k', { topK: 3 }, only([2, 3, 5], p(1))],
  ['of the nucleus', { topP: 0.7 }, only([2, 3, 5], p(1))],
  ['of the nucleus of the top k', { topK: 3, topP: 0.7 }, only([2, 3], p(1))],
  ['without those banned', { banned: [2, 4] }, only([0, 1, 3, 5], p(1))],
])('samples follow the probabilities %s', async (_name, cut, expected) => {
  const counts = await countFirst({ kind: 'sample', seed: 12, ...cut })
  expect(chiSquare(counts, expected)).toBeLessThan(20.5) // 99.9 % quantile of 5 degrees of freedom
})

/** What may be drawn, by sorting everything. */
function keepSlowly(weights: number[], topK: number, topP: number): number[] {
  const sorted = weights
    .map((weight, token) => ({ weight, token }))
    .sort((a, b) => b.weight - a.weight)
  const top = sorted.slice(0, topK)
  const total = top.reduce((sum, { weight }) => sum + weight, 0)
  const kept: number[] = []
  let held = 0
  for (const { weight, token } of top) {
    if (kept.length > 0 && held >= topP * total) break
    kept.push(token)
    held += weight
  }
  return kept
}

test('top-k and top-p keep what sorting the vocabulary keeps', () => {
  // Whole numbers and sixteenths, so that sums are exact in any order; many of them equal.
  const weights = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 700 })
  const share = fc.integer({ min: 1, max: 16 }).map((n) => n / 16)
  const property = fc.property(
    weights,
    share,
    fc.integer({ min: 1, max: 700 }),
    (list, topP, k) => {
      const topK = Math.min(k, list.length)
      expect(keepProbable(Float64Array.from(list), { topK, topP })).toEqual(
        keepSlowly(list, topK, topP),
      )
      expect(keepProbable(Float64Array.from(list), { topP })).toEqual(
        keepSlowly(list, list.length, topP),
      )
    },
  )
  fc.assert(property, { numRuns: 200 })
})

test('a token without probability is kept by no cut', () => {
  expect(keepProbable(new Float64Array([0, 2, 0, 1]), { topK: 4 })).toEqual([1, 3])
  expect(keepProbable(new Float64Array([0, 2, 0, 1]), { topP: 1 })).toEqual([1, 3])
})

test('the same seed draws the same, another one something else', async () => {
  const draw = (seed: number) =>
    decode(bigrams(randomTables(4, 30, 5)), {
      images: 4,
      start: START,
      end: END,
      maxLength: 8,
      method: { kind: 'sample', seed },
    })
  expect(await draw(7)).toEqual(await draw(7))
  expect(await draw(7)).not.toEqual(await draw(8))
})

test('samples of an image are as many as asked for, best first', async () => {
  const method = { kind: 'sample', seed: 3, count: 6 } as const
  const [hypotheses] = await decode(bigrams(randomTables(1, 30, 5)), {
    images: 1,
    start: START,
    end: END,
    maxLength: 8,
    method,
  })
  expect(hypotheses).toHaveLength(6)
  expect(hypotheses).toEqual(hypotheses.toSorted((a, b) => b.score - a.score))
  expect(new Set(hypotheses.map(({ tokens }) => tokens.join())).size).toBeGreaterThan(1)
})
