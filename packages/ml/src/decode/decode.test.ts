import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from './decode.ts'
import { DecodeError } from './decode-error.ts'
import type { DecodeOptions, DecodingMethod } from './decode-options.ts'
import {
  bigrams,
  cachedNetwork,
  END,
  randomTable,
  randomTables,
  recomputingNetwork,
  START,
} from './sample-models.ts'
import type { Step } from './step.ts'

const V = 7
const settings = { start: START, end: END, maxLength: 6 }
const seeds = fc.integer({ min: 0, max: 1e6 })

const methods = {
  greedy: { kind: 'greedy' },
  beam: { kind: 'beam', width: 3, count: 3 },
  'a patient beam': { kind: 'beam', width: 3, count: 2, earlyStop: false, lengthPenalty: 0.6 },
  sampling: { kind: 'sample', seed: 40, count: 2, topK: 5, topP: 0.9, temperature: 1.3 },
} satisfies Record<string, DecodingMethod>
const eachMethod = Object.entries<DecodingMethod>(methods)

test.each(eachMethod)(
  '%s of a batch is exactly that of each image alone',
  async (_name, method) => {
    const property = fc.asyncProperty(seeds, async (seed) => {
      const tables = randomTables(5, V, seed)
      const together = await decode(bigrams(tables), { images: 5, ...settings, method })
      for (const [image, table] of tables.entries()) {
        const own = method.kind === 'sample' ? { ...method, seed: method.seed + image } : method
        const alone = await decode(bigrams([table]), { images: 1, ...settings, method: own })
        expect(alone).toEqual([together[image]])
      }
    })
    await fc.assert(property, { numRuns: 60 })
  },
)

test.each(eachMethod)('%s is the same with a cache and without one', async (_name, method) => {
  const property = fc.asyncProperty(seeds, async (seed) => {
    const options = { images: 4, ...settings, method }
    const cached = await decode(cachedNetwork(V, seed), options)
    expect(cached).toEqual(await decode(recomputingNetwork(V, seed), options))
  })
  await fc.assert(property, { numRuns: 60 })
})

test('a beam of one is greedy', async () => {
  const property = fc.asyncProperty(seeds, async (seed) => {
    const options = { images: 4, ...settings }
    const beam = await decode(cachedNetwork(V, seed), {
      ...options,
      method: { kind: 'beam', width: 1 },
    })
    const greedy = await decode(cachedNetwork(V, seed), { ...options, method: { kind: 'greedy' } })
    expect(beam).toEqual(greedy)
  })
  await fc.assert(property)
})

test('what a hypothesis says of itself is what the model says of its tokens', async () => {
  const table = randomTable(V, 3)
  const method: DecodingMethod = { kind: 'beam', width: 4, count: 4, lengthPenalty: 0.7 }
  const [hypotheses] = await decode(bigrams([table]), { images: 1, ...settings, method })

  for (const { tokens, logProbs, score, ended } of hypotheses) {
    const said = ended ? [...tokens, END] : tokens
    const expected = said.map((token, i) => {
      const logits = table[i === 0 ? START : said[i - 1]]
      return logits[token] - Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0))
    })
    logProbs.forEach((logProb, i) => {
      expect(logProb).toBeCloseTo(expected[i], 5)
    })
    const sum = expected.reduce((total, x) => total + x, 0)
    expect(score).toBeCloseTo(sum / expected.length ** 0.7, 5)
  }
})

test('images that are finished leave the batch, and parents follow the rows that stay', async () => {
  /** After `length` tokens of 2, the end. */
  const lengths = [1, 3, 2]
  const calls: { tokens: number[]; parents: number[] }[] = []
  let rows: { image: number; length: number }[] = []
  const counting: Step = async (tokens, parents) => {
    calls.push({ tokens: [...tokens], parents: [...parents] })
    rows = Array.from(parents, (parent) => {
      const { image, length } = rows[parent] ?? { image: parent, length: -1 }
      return { image, length: length + 1 }
    })
    return Float32Array.from(
      rows.flatMap(({ image, length }) => (length < lengths[image] ? [0, 0, 9] : [0, 9, 0])),
    )
  }
  const results = await decode(counting, { images: 3, ...settings, method: { kind: 'greedy' } })

  expect(results.map(([best]) => best.tokens)).toEqual([[2], [2, 2, 2], [2, 2]])
  expect(calls).toEqual([
    { tokens: [START, START, START], parents: [0, 1, 2] },
    { tokens: [2, 2, 2], parents: [0, 1, 2] },
    { tokens: [2, 2], parents: [1, 2] },
    { tokens: [2], parents: [0] },
  ])
})

test('a hypothesis as long as allowed has not ended', async () => {
  const [[only]] = await decode(bigrams([[[0, 0, 9], [], [0, 0, 9]]]), {
    images: 1,
    ...settings,
    method: { kind: 'greedy' },
  })
  expect(only).toMatchObject({ tokens: [2, 2, 2, 2, 2, 2], ended: false })
})

test('no images need no model', async () => {
  const unused: Step = () => Promise.reject(new Error('was asked'))
  expect(await decode(unused, { images: 0, ...settings, method: { kind: 'greedy' } })).toEqual([])
})

const answering = (answers: number[][]): Step => {
  const left = answers.values()
  return async () => Float32Array.from(left.next().value ?? [])
}

test.each([
  ['NaN', NaN],
  ['infinity', Infinity],
])('logits with %s are refused, with the step and the image', async (_name, bad) => {
  const step = answering([
    [0, 0, 1, 0, 0, 1],
    [0, 0, 1, 0, bad, 1],
  ])
  const result = decode(step, { images: 2, ...settings, method: { kind: 'greedy' } })
  await expect(result).rejects.toThrow(DecodeError)
  await expect(result).rejects.toThrow('at step 2 of image 1')
})

test('logits of the wrong number are refused', async () => {
  const options: DecodeOptions = { images: 2, ...settings, method: { kind: 'greedy' } }
  await expect(decode(answering([[0, 1, 2, 3, 4]]), options)).rejects.toThrow('2.5 logits a row')
  const shrinking = answering([
    [0, 0, 1, 0, 0, 1],
    [0, 0, 1],
  ])
  await expect(decode(shrinking, options)).rejects.toThrow('3 logits for 2 rows of 3')
})
