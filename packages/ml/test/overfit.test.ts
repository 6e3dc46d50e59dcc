import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { captionImages } from '../src/inference/caption-images.ts'
import type { CaptionModel } from '../src/inference/run-encoder.ts'
import { loadModel } from '../src/models/load-model.ts'
import { type ModelCard, modelCardFormat, modelCardVersion } from '../src/models/model-card.ts'
import { architectures, type ModelSettings } from '../src/models/model-settings.ts'
import { modelSizes, withWords } from '../src/models/model-sizes.ts'
import { saveModel } from '../src/models/save-model.ts'
import { createRandom } from '../src/random.ts'
import { openRuntime, type Runtime } from '../src/runtime/runtime.ts'
import { createSessionCache } from '../src/runtime/session-cache.ts'
import { buildVocabulary, encode } from '../src/tokenizer/vocabulary.ts'
import { type Batch, makeBatch } from '../src/training/loop/make-batch.ts'
import { createState, type TrainState } from '../src/training/loop/train-state.ts'
import { trainStep } from '../src/training/loop/train-step.ts'
import { buildTrainingGraph } from '../src/training/loop/training-graph.ts'

const SQUARE = 48
const sides = { images: 4, captions: 1, length: 10 }
const texts = [
  'a brown dog runs across wet sand',
  'two children jump into the blue swimming pool',
  'an old man sits near his bicycle',
  'several people wait beside a red bus',
]
const vocabulary = buildVocabulary(texts, { minimumCount: 1 })
const labels = ['dog', 'children', 'man', 'bus']
const pictures = texts.map((_, i) => makePicture(i))

let runtime: Runtime
let folder: string
beforeAll(async () => {
  runtime = await openRuntime({ threads: 2 })
  folder = await mkdtemp(join(tmpdir(), 'descry-overfit-'))
})
afterAll(async () => {
  await runtime.dispose()
  await rm(folder, { recursive: true, force: true })
})

describe.each(architectures)('%s', (architecture) => {
  const settings = withWords(modelSizes[architecture].tiny, {
    vocabulary: vocabulary.words.length,
    labels: labels.length,
  })
  const model: CaptionModel = {
    settings,
    backbone: null,
    preprocessing: { square: SQUARE },
    vocabulary: [...vocabulary.words],
    labels,
    decoding: { width: 2, lengthPenalty: 1, maxLength: 12 },
    calibration: null,
    shownLabels: null,
    photo: null,
  }
  let values: ReadonlyMap<string, Float32Array>

  test('learns one batch by heart', async () => {
    const { losses, state } = await overfit(settings)
    values = state.store.views
    expect(losses[0]).toBeGreaterThan(3)
    expect(losses.at(-1)).toBeLessThan(0.2)
  }, 120_000)

  test('then says what it learned, alone as in a batch', async () => {
    const together = await caption(pictures, model, values)
    expect(together.map(({ captions }) => captions[0]!.tokens)).toEqual(texts)
    expect(together.map((image) => image.labels[0]!.word)).toEqual(labels)
    const alone = await caption([pictures[2]!], model, values)
    expect(alone[0]!.captions[0]!.tokens).toBe(texts[2])
    const beams = await caption(pictures, model, values, 'beam')
    expect(beams.map(({ captions }) => captions[0]!.tokens)).toEqual(texts)
  })

  test('says the same, as surely, once saved and loaded', async () => {
    const before = await caption(pictures, model, values)
    const path = join(folder, architecture)
    await saveModel(path, toCard(model), { values })
    const loaded = await loadModel(path)
    expect(loaded.card.settings).toEqual(settings)
    const after = await caption(pictures, loaded.card, loaded.values)
    expect(after.map(({ captions }) => captions[0]!.tokens)).toEqual(texts)
    for (const [i, { captions }] of after.entries()) {
      expect(captions[0]!.features.meanLogProb).toBeCloseTo(
        before[i]!.captions[0]!.features.meanLogProb,
        2,
      )
    }
  })
})

async function overfit(settings: ModelSettings): Promise<{ losses: number[]; state: TrainState }> {
  const graph = buildTrainingGraph(settings, { ...sides, smoothing: 0 })
  const session = await runtime.openSession(graph.onnx)
  const state = createState(graph.parameters, { seed: 1 })
  const random = createRandom(2)
  const losses: number[] = []
  for (let step = 0; step < 200; step++) {
    const { optimizer, result } = await trainStep(
      state,
      { graph, run: session.run, batch: makeSampleBatch(settings), random },
      {
        rate: 3e-3,
        clip: 1,
        labelWeight: 1,
        dropout: 0.05,
        averageDecay: 0.9,
        adamw: { beta1: 0.9, beta2: 0.98, weightDecay: 0.01 },
      },
    )
    state.optimizer = optimizer
    losses.push(result.captionLoss!)
  }
  await session.dispose()
  return { losses, state }
}

function makeSampleBatch({ imageSize }: ModelSettings): Batch {
  const images = texts.map((text, index) => ({
    image: { id: `${index}`, file: '', split: 'train' as const, captions: [text], index },
    captions: [encode(vocabulary, text)],
    labels: [index],
  }))
  const source = {
    imageSize: SQUARE,
    readPixels: (index: number, into: Uint8Array) => into.set(pictures[index]!),
  }
  const augment = { leastArea: 1, colorRange: 0 }
  const options = { ...sides, side: imageSize, labels: labels.length, augment }
  // Chance that always says one half leaves pictures as they are.
  return makeBatch(images, source, options, () => 0.5)
}

async function caption(
  squares: readonly Uint8Array[],
  model: CaptionModel,
  values: ReadonlyMap<string, Float32Array>,
  kind: 'greedy' | 'beam' = 'greedy',
) {
  const cache = createSessionCache(runtime, { maxSessions: 2 })
  const method = kind === 'beam' ? { kind, width: 3 } : { kind }
  const found = await captionImages(squares, { model, values, use: cache.use }, { method })
  await cache.dispose()
  return found
}

/** Noise of one colour more than of the others. */
function makePicture(number: number): Uint8Array {
  const random = createRandom(40 + number)
  return Uint8Array.from({ length: SQUARE * SQUARE * 3 }, (_, i) =>
    i % 3 === number ? 150 + random() * 100 : random() * 120,
  )
}

const toCard = (model: CaptionModel): Omit<ModelCard, 'files'> => ({
  ...model,
  format: modelCardFormat,
  version: modelCardVersion,
  name: 'sample',
  metrics: {},
  training: {
    data: 'made up',
    dataLicence: 'none',
    dataSha256: '',
    images: texts.length,
    seed: 1,
    epochs: 200,
    settings: {},
    startedFrom: null,
    teacher: null,
  },
  limits: [],
  createdBy: 'a test',
})
