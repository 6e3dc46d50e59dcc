import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelSizes, withWords } from '../src/models/model-sizes.ts'
import { createRandom } from '../src/random.ts'
import { openRuntime, type Runtime } from '../src/runtime/runtime.ts'
import { buildVocabulary, encode, PAD, START } from '../src/tokenizer/vocabulary.ts'
import type { PreparedImage } from '../src/training/dataset/prepared-dataset.ts'
import { makeBatch } from '../src/training/loop/make-batch.ts'
import { createSelfCriticalSampler } from '../src/training/loop/self-critical.ts'
import { createState } from '../src/training/loop/train-state.ts'
import { trainStep } from '../src/training/loop/train-step.ts'
import { buildTrainingGraph } from '../src/training/loop/training-graph.ts'

const SQUARE = 48
const captions = 4
const length = 8
const texts = ['a red thing', 'one blue square', 'a green field', 'one yellow sun']
const vocabulary = buildVocabulary(texts, { minimumCount: 1 })
const settings = withWords(modelSizes['cnn-transformer'].tiny, {
  vocabulary: vocabulary.words.length,
  labels: 1,
})
const prepared: PreparedImage[] = texts.map((text, index) => ({
  id: `${index}.png`,
  file: `${index}.png`,
  split: 'train',
  captions: [text],
  index,
}))
const images = prepared.map((image) => ({
  image,
  captions: [encode(vocabulary, image.captions[0]!)],
  labels: [],
}))
/** Each picture is one grey of its own. */
const source = {
  imageSize: SQUARE,
  readPixels: (index: number, into: Uint8Array) => void into.fill(40 + 50 * index),
}

let runtime: Runtime
beforeAll(async () => {
  runtime = await openRuntime({ threads: 2 })
})
afterAll(() => runtime.dispose())

function start() {
  const graph = buildTrainingGraph(settings, { images: 4, captions, length, smoothing: 0 })
  const state = createState(graph.parameters, { seed: 3 })
  const sampleCaptions = createSelfCriticalSampler(prepared, runtime, { captions, length })
  const draw = (step: number) => {
    const random = createRandom(7, step)
    const augment = { leastArea: 1, colorRange: 0 }
    const options = { side: settings.imageSize, captions, length, labels: 1, augment }
    const batch = makeBatch(images, source, options, random)
    const values = state.store.views
    return { batch, images, values, settings, words: { vocabulary }, random }
  }
  return { graph, state, sampleCaptions, draw }
}

test('samples take the place of the captions, and their weights add up to nothing for an image', async () => {
  const { sampleCaptions, draw } = start()
  const drawn = draw(0)
  const { batch } = await sampleCaptions(drawn)
  expect(batch.pixels).toHaveLength(4 * 3 * settings.imageSize ** 2)
  for (let image = 0; image < 4; image++) {
    let sum = 0
    for (let k = 0; k < captions; k++) {
      const at = (image * captions + k) * length
      expect(batch.tokens[at]).toBe(BigInt(START))
      const words = [...batch.targets.subarray(at, at + length)].filter((id) => id !== BigInt(PAD))
      expect(words.length).toBeGreaterThan(0)
      const weights = batch.weights.subarray(at, at + length)
      expect([...weights.subarray(words.length)].every((weight) => weight === 0)).toBe(true)
      sum += weights[0]!
    }
    expect(sum).toBeCloseTo(0, 4)
  }
})

test('the same weights, batch and chance give the same samples', async () => {
  const [first, second] = [start(), start()]
  const [a, b] = [
    await first.sampleCaptions(first.draw(0)),
    await second.sampleCaptions(second.draw(0)),
  ]
  expect(b.batch.targets).toEqual(a.batch.targets)
  expect(b.reward).toBe(a.reward)
})

test('from chance alone a model comes to say what is rewarded', async () => {
  const { graph, state, sampleCaptions, draw } = start()
  const session = await runtime.openSession(graph.onnx)
  const rewards: number[] = []
  for (let step = 0; step < 150; step++) {
    const drawn = draw(step)
    const { batch, reward } = await sampleCaptions(drawn)
    rewards.push(reward)
    const { optimizer } = await trainStep(
      state,
      { graph, run: session.run, batch, random: drawn.random },
      {
        rate: 3e-3,
        clip: 1,
        dropout: 0,
        labelWeight: 0,
        averageDecay: 0.9,
        adamw: { beta1: 0.9, beta2: 0.98, weightDecay: 0 },
      },
    )
    state.optimizer = optimizer
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(mean(rewards.slice(-15))).toBeGreaterThan(mean(rewards.slice(0, 15)) + 1)
}, 60_000)
