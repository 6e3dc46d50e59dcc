import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from './decode.ts'
import { byScore, listLeaves, searchExhaustively, toHypothesis } from './exhaustive-search.ts'
import { bigrams, END, randomTable, randomTables, START } from './sample-models.ts'

const seeds = fc.integer({ min: 0, max: 1e6 })
const penalties = fc.constantFrom(-0.5, 0, 0.6, 1, 1.5)

test.each([true, false])(
  'a beam as wide as the tree finds what exhaustive search finds (earlyStop: %s)',
  async (earlyStop) => {
    // Three words and the end: at most 27 open hypotheses after three tokens, 40 captions in all.
    const V = 44
    const banned = Array.from({ length: V }, (_, token) => token).filter((t) => t !== END && t < 41)
    const property = fc.asyncProperty(seeds, penalties, async (seed, lengthPenalty) => {
      const table = randomTable(V, seed)
      const method = { kind: 'beam', width: V, count: V, lengthPenalty, earlyStop, banned } as const
      const [found] = await decode(bigrams([table]), {
        images: 1,
        start: START,
        end: END,
        maxLength: 3,
        method,
      })

      const all = listLeaves(table, 3, banned)
        .map((leaf) => toHypothesis(leaf, lengthPenalty))
        .sort(byScore)
      expect(found).toHaveLength(40)
      expect(found).toEqual(all)
    })
    await fc.assert(property, { numRuns: 40 })
  },
)

test('a narrow beam keeps what sorting all continuations keeps, ties included', async () => {
  const methods = fc.record({
    kind: fc.constant('beam' as const),
    width: fc.integer({ min: 3, max: 5 }),
    count: fc.integer({ min: 1, max: 3 }),
    lengthPenalty: penalties,
    earlyStop: fc.boolean(),
  })
  const tables = fc
    .tuple(seeds, fc.constantFrom(3, 2 ** 32))
    .map(([seed, levels]) => randomTable(6, seed, levels))
  const property = fc.asyncProperty(tables, methods, async (table, method) => {
    const [found] = await decode(bigrams([table]), {
      images: 1,
      start: START,
      end: END,
      maxLength: 7,
      method,
    })
    expect(found).toEqual(searchExhaustively(table, method, 7))
  })
  await fc.assert(property, { numRuns: 300 })
})

test('the n best are distinct, as many as asked for, and best first', async () => {
  const property = fc.asyncProperty(seeds, fc.boolean(), async (seed, earlyStop) => {
    const method = { kind: 'beam', width: 5, count: 4, earlyStop } as const
    const results = await decode(bigrams(randomTables(3, 8, seed)), {
      images: 3,
      start: START,
      end: END,
      maxLength: 6,
      method,
    })
    for (const hypotheses of results) {
      expect(new Set(hypotheses.map(({ tokens, ended }) => `${tokens} ${ended}`)).size).toBe(4)
      expect(hypotheses).toEqual(hypotheses.toSorted(byScore))
    }
  })
  await fc.assert(property)
})

test('an early stop ends the search when as many have ended as the beam is wide', async () => {
  // The end comes first by a little; the caption that goes on with 2 has the better mean.
  const table = [[-9, 1.1, 1], [], [-9, 0, 9]]
  const find = async (earlyStop: boolean) => {
    const method = { kind: 'beam', width: 1, earlyStop } as const
    const [[best]] = await decode(bigrams([table]), {
      images: 1,
      start: START,
      end: END,
      maxLength: 9,
      method,
    })
    return best.tokens
  }
  expect(await find(true)).toEqual([])
  expect(await find(false)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2])
})
