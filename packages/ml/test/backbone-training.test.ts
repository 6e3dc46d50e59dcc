import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Backbone, inspectBackbone } from '../src/backbone/inspect-backbone.ts'
import { openCaptioner } from '../src/inference/open-captioner.ts'
import { loadModel } from '../src/models/load-model.ts'
import { modelSizes } from '../src/models/model-sizes.ts'
import { openRuntime } from '../src/runtime/runtime.ts'
import { prepareDataset } from '../src/training/dataset/prepare-dataset.ts'
import {
  openPreparedDataset,
  type PreparedDataset,
} from '../src/training/dataset/prepared-dataset.ts'
import { sampleDataset } from '../src/training/dataset/sample-dataset.ts'
import { trainModel } from '../src/training/train-model.ts'
import { defaultSettings, type TrainingSettings } from '../src/training/training-settings.ts'
import { writeBackbone } from './write-backbone.ts'

let root: string
let data: PreparedDataset
let backbone: Backbone
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'descry-backbone-'))
  await using sample = await sampleDataset({
    'dark.png': [20, 'train'],
    'bright.png': [230, 'train'],
    'dim.png': [25, 'dev'],
  })
  const texts = [['a dark square'], ['one bright thing'], ['a dark square']]
  const images = sample.options.images.map((image, i) => ({ ...image, captions: texts[i]! }))
  await prepareDataset({ ...sample.options, images, to: join(root, 'data') })
  data = await openPreparedDataset(join(root, 'data'))
  await using runtime = await openRuntime({ threads: 1 })
  backbone = await inspectBackbone(writeBackbone(), runtime, { name: 'sample.onnx' })
})
afterAll(async () => {
  data.close()
  await rm(root, { recursive: true, force: true })
})

const settings = {
  ...defaultSettings,
  epochs: 100,
  batch: 2,
  captions: 1,
  length: 6,
  minimumCount: 1,
  labels: 3,
  warmupEpochs: 1,
  rate: 0.02,
  dropout: 0,
  averageDecay: 0.5,
  smoothing: 0,
} satisfies TrainingSettings

const train = (out: string, changed: Partial<TrainingSettings> = {}) =>
  trainModel({
    data,
    out: join(root, out),
    name: out,
    backbone,
    settings: { ...settings, model: sizeOf(backbone), ...changed },
    dataLicence: 'none',
    createdBy: 'a test',
    resume: false,
    devImages: 1,
    runtime: { threads: 1 },
  })

function sizeOf({ card: { tokens, channels, imageSize } }: Backbone): TrainingSettings['model'] {
  const encoder = { kind: 'features', tokens, channels } as const
  return { ...modelSizes['cnn-transformer'].tiny, imageSize, encoder }
}

const picture = (red: number) => {
  const pixels = new Uint8Array(16 * 16 * 3)
  for (let i = 0; i < pixels.length; i += 3) pixels.set([red, 20, 30], i)
  return pixels
}

test('a model on a frozen backbone learns, ships with it and looks at pictures', async () => {
  await train('whole')
  const captioner = await openCaptioner(join(root, 'whole'), { threads: 1 })
  const seen = await captioner.caption([picture(20), picture(230), picture(20)])
  await captioner.dispose()
  const said = seen.map(({ captions }) => captions[0]!.tokens)
  expect(said).toEqual(['a dark square', 'one bright thing', 'a dark square'])
}, 60_000)

test('the model is that of the best epoch, and a worse one leaves it alone', async () => {
  await train('best', { epochs: 8, rate: 0.5, warmupEpochs: 4, seed: 5 })
  const lines = (await readFile(join(root, 'best/curves.jsonl'), 'utf8')).trim().split('\n')
  const losses = lines.map((line) => JSON.parse(line).devLoss as number)
  const best = losses.lastIndexOf(Math.min(...losses)) + 1
  expect(best).toBeLessThan(losses.length) // or the last would be kept whatever happens
  const { card } = await loadModel(join(root, 'best'))
  expect(card.training.epochs).toBe(best)
}, 60_000)

test('its folder without the backbone, or with another, is refused', async () => {
  const { card } = await loadModel(join(root, 'whole'))
  const name = Object.keys(card.files).find((file) => file.startsWith('backbone-'))!
  const path = join(root, 'whole', name)
  const bytes = await readFile(path)
  await rm(path)
  await expect(loadModel(join(root, 'whole'))).rejects.toThrow(/no .*backbone-/)
  await writeFile(path, bytes.with(200, bytes[200]! ^ 1))
  await expect(loadModel(join(root, 'whole'))).rejects.toThrow(/other content/)
})

test('a size that the backbone does not give is refused', async () => {
  const model = sizeOf({ ...backbone, card: { ...backbone.card, channels: 5 } })
  await expect(train('other', { model })).rejects.toThrow(/takes 4 × 5 .* gives 4 × 2/)
})

test('a model with eyes of its own takes no backbone', async () => {
  const model = modelSizes['cnn-transformer'].tiny
  await expect(train('eyes', { model })).rejects.toThrow(/takes no backbone/)
})
