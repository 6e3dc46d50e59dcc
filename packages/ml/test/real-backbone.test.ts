import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Backbone, inspectBackbone } from '../src/backbone/inspect-backbone.ts'
import { runBackbone } from '../src/backbone/run-backbone.ts'
import { decodeSquare } from '../src/image/decode-square.ts'
import { drawView, wholeView } from '../src/image/draw-view.ts'
import { openCaptioner } from '../src/inference/open-captioner.ts'
import { modelSizes } from '../src/models/model-sizes.ts'
import { openRuntime, type Runtime } from '../src/runtime/runtime.ts'
import { prepareDataset } from '../src/training/dataset/prepare-dataset.ts'
import { openPreparedDataset } from '../src/training/dataset/prepared-dataset.ts'
import { sampleDataset } from '../src/training/dataset/sample-dataset.ts'
import { trainModel } from '../src/training/train-model.ts'
import { defaultSettings } from '../src/training/training-settings.ts'
import { findTeacher } from './find-teacher.ts'

const teacher = findTeacher()
const square = 224
const limits = { maxBytes: 1e7, maxPixels: 1e7 }

describe.skipIf(!teacher)('MobileNetV2 with real weights (needs DESCRY_TEST_TEACHER)', () => {
  let runtime: Runtime
  let folder: string
  beforeAll(async () => {
    runtime = await openRuntime({ threads: 1 })
    folder = await mkdtemp(join(tmpdir(), 'descry-teacher-'))
  })
  afterAll(async () => {
    await runtime.dispose()
    await rm(folder, { recursive: true, force: true })
  })

  const inspect = async (part: 'classifier' | 'features') =>
    inspectBackbone(await readFile(teacher![part]), runtime, { name: `${part}.onnx` })

  async function featuresOf({ card, onnx }: Backbone, pictures: readonly Uint8Array[]) {
    const session = await runtime.openSession(onnx)
    const features = await runBackbone(pictures, { card, run: session.run, square })
    await session.dispose()
    return features
  }

  test.each(['classifier', 'features'] as const)(
    'its %s export is found to give 1280 channels at each of 7 × 7 places of 224 pixels',
    async (part) => {
      const { card } = await inspect(part)
      expect(card).toMatchObject({
        input: 'pixel_values',
        imageSize: 224,
        batch: null,
        layout: 'places',
        tokens: 49,
        channels: 1280,
      })
      expect(card.output === 'features').toBe(part === 'features')
    },
  )

  test('the value before the pooling of the classifier is what the feature export gives', async () => {
    const pictures = await Promise.all(['scene', 'stripes'].map(drawPicture))
    const [pooled, given] = await Promise.all(
      (['classifier', 'features'] as const).map(async (part) =>
        featuresOf(await inspect(part), pictures),
      ),
    )
    expect(pooled).toHaveLength(pictures.length * 49 * 1280)
    expect(largestDifference(pooled!, given!)).toBeLessThan(1e-3)
    const half = given!.length / 2
    expect(largestDifference(given!.subarray(0, half), given!.subarray(half))).toBeGreaterThan(1)
  })

  test.each([
    ['dog', 'golden retriever'],
    ['coffee', 'espresso'],
    ['tiger', 'tiger, Panthera tigris'],
  ])(
    'its best class for the photo of a %s is %s, so it is fed as it was taught',
    async (photo, label) => {
      const path = join(import.meta.dirname, '../../../docs/gallery', `${photo}.webp`)
      const { mean, deviation, imageSize: side } = (await inspect('classifier')).card
      const data = new Float32Array(3 * side * side)
      const into = { into: data, offset: 0, side, mean, deviation }
      drawView(
        await decodeSquare(await readFile(path), { size: square, ...limits }),
        square,
        wholeView(square),
        into,
      )
      const session = await runtime.openSession(await readFile(teacher!.classifier))
      const feed = { [session.inputs[0]!.name]: { data, shape: [1, 3, side, side] } }
      const { outputs } = await session.run(feed)
      const classes = outputs[session.outputs[0]!.name]!.data as Float32Array
      await session.dispose()
      const labels = (await readFile(teacher!.labels, 'utf8')).split('\n')
      expect(labels[classes.indexOf(Math.max(...classes))]).toBe(label)
    },
  )

  test('a captioner with it as its frozen backbone learns pictures and captions them', async () => {
    const captions = {
      scene: 'red sun over green field',
      stripes: 'black and white stripes',
      rings: 'blue rings on yellow wall',
    }
    await using sample = await sampleDataset({})
    const images = await Promise.all(
      Object.entries(captions).map(async ([name, caption]) => {
        const path = join(sample.path, `${name}.png`)
        await writeFile(path, await toPng(name))
        return { id: name, file: `${name}.png`, path, split: 'train' as const, captions: [caption] }
      }),
    )
    await prepareDataset({ ...sample.options, images, imageSize: square })
    const data = await openPreparedDataset(sample.options.to)
    const backbone = await inspect('features')
    const { tokens, channels, imageSize } = backbone.card
    const encoder = { kind: 'features', tokens, channels } as const
    const out = join(folder, 'model')
    await trainModel({
      data,
      backbone,
      out,
      name: 'real-backbone',
      settings: {
        ...defaultSettings,
        epochs: 16,
        batch: 3,
        captions: 1,
        length: 10,
        minimumCount: 1,
        labels: 3,
        rate: 0.02,
        dropout: 0,
        averageDecay: 0.5,
        smoothing: 0,
        model: { ...modelSizes['cnn-transformer'].tiny, imageSize, encoder },
      },
      dataLicence: 'none',
      createdBy: 'a test',
      resume: false,
      devImages: 0,
      runtime: { threads: 1 },
    })
    data.close()

    const captioner = await openCaptioner(out, { threads: 1 })
    const pictures = await Promise.all(
      images.map(async ({ path }) =>
        decodeSquare(await readFile(path), { size: square, ...limits }),
      ),
    )
    const captioned = await captioner.caption(pictures)
    await captioner.dispose()
    expect(captioned.map((image) => image.captions[0]!.tokens)).toEqual(Object.values(captions))
  })
})

const drawings: Record<string, string> = {
  scene:
    '<rect width="224" height="224" fill="skyblue"/><rect y="120" width="224" height="104" fill="green"/><circle cx="150" cy="70" r="36" fill="red"/>',
  stripes: Array.from(
    { length: 8 },
    (_, i) => `<rect x="${i * 28}" width="14" height="224" fill="black"/>`,
  ).join(''),
  rings: `<rect width="224" height="224" fill="gold"/>${[30, 60, 90].map((r) => `<circle cx="112" cy="112" r="${r}" fill="none" stroke="blue" stroke-width="12"/>`).join('')}`,
}

const toPng = (name: string) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="224" height="224">${drawings[name]}</svg>`,
    ),
  )
    .flatten({ background: 'white' })
    .png()
    .toBuffer()

const drawPicture = async (name: string): Promise<Uint8Array> =>
  sharp(await toPng(name))
    .raw()
    .toBuffer()

const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0)
