import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { averageModels } from '../scripts/builtin/average-models.ts'
import { deepenModel } from '../scripts/builtin/deepen-model.ts'
import { createNetwork } from '../src/models/create-network.ts'
import { pictureInput } from '../src/models/image-encoder.ts'
import { type LoadedModel, loadModel } from '../src/models/load-model.ts'
import { createParameters } from '../src/models/parameters.ts'
import { evaluateGraph } from './evaluate-graph.ts'
import { noise } from './operator-cases.ts'
import { writeTinyModel } from './write-tiny-model.ts'

let folder: string
let tiny: LoadedModel
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-deepen-'))
  tiny = await loadModel(await writeTinyModel(folder))
})
afterAll(() => rm(folder, { recursive: true }))

/** Tokens of a picture and logits of its labels. */
function encode({ card: { settings }, values }: Pick<LoadedModel, 'card' | 'values'>) {
  const { imageSize } = settings
  const network = createNetwork(settings, createParameters())
  const { tokens, labels } = network.encode(pictureInput(settings, 1), 'inference')
  const feeds: Record<string, Float64Array> = { pixels: noise(3 * imageSize ** 2, 3) }
  for (const [name, data] of values) feeds[name] = Float64Array.from(data)
  return evaluateGraph([tokens, labels], feeds)
}

test('a deepened model sees what the model saw', () => {
  const deepened = deepenModel(tiny, { blocks: [3], labels: tiny.card.labels })
  expect(deepened.values.size).toBeGreaterThan(tiny.values.size)
  expect(encode(deepened)).toEqual(encode(tiny))
})

test('a label keeps its weights wherever it stands, and another one starts anew', () => {
  const deepened = deepenModel(tiny, { blocks: [1], labels: ['cat', 'ball', 'dog', 'sky'] })
  const [, [dog, , ball]] = encode(tiny) as [Float64Array, Float64Array]
  const [, [cat, sameBall, sameDog, sky]] = encode(deepened) as [Float64Array, Float64Array]
  expect([sameDog, sameBall]).toEqual([dog, ball])
  expect([dog, ball]).not.toContain(cat)
  expect([dog, ball]).not.toContain(sky)
})

test('an average of a model with itself is the model', async () => {
  const { values } = await averageModels([folder, folder])
  expect(values).toEqual(tiny.values)
})
