import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBackbone } from '../../test/write-backbone.ts'
import { ModelError } from '../models/model-error.ts'
import { openRuntime, type Runtime } from '../runtime/runtime.ts'
import { cacheFeatures } from '../training/dataset/cache-features.ts'
import { prepareDataset } from '../training/dataset/prepare-dataset.ts'
import { openPreparedDataset } from '../training/dataset/prepared-dataset.ts'
import { sampleDataset } from '../training/dataset/sample-dataset.ts'
import { type InspectOptions, inspectBackbone } from './inspect-backbone.ts'
import { readPreprocessing } from './read-preprocessing.ts'
import { runBackbone } from './run-backbone.ts'

let runtime: Runtime
beforeAll(async () => {
  runtime = await openRuntime({ threads: 1 })
})
afterAll(() => runtime.dispose())

const plain = { mean: [0, 0, 0], deviation: [1, 1, 1] } satisfies InspectOptions['preprocessing']

const inspect = (onnx: Uint8Array, options: Partial<InspectOptions> = {}) =>
  inspectBackbone(onnx, runtime, { name: 'sample.onnx', ...options })

test('of a classifier the value is taken that its global pooling reads', async () => {
  const { card } = await inspect(writeBackbone())
  expect(card).toMatchObject({
    input: 'pixel_values',
    output: 'places',
    imageSize: 8,
    batch: null,
    layout: 'places',
    tokens: 4,
    channels: 2,
  })
})

test.each([
  ['places', 'places'],
  ['tokens', 'tokens'],
] as const)('an output with %s is taken as it is', async (output, layout) => {
  const onnx = writeBackbone({ output })
  const backbone = await inspect(onnx)
  expect(backbone.card).toMatchObject({ output, layout, tokens: 4, channels: 2 })
  expect(backbone.onnx).toBe(onnx)
})

test.each([
  ['any number of pictures', undefined],
  ['one picture', 1],
  ['three pictures', 3],
])('all layouts say the same of each place, of a network that takes %s', async (_name, batch) => {
  const red = picture([255, 0, 0])
  const blue = picture([0, 0, 255])
  for (const output of ['classes', 'places', 'tokens'] as const) {
    const options = { ...(batch && { batch }), output }
    const { card, onnx } = await inspect(writeBackbone(options), { preprocessing: plain })
    const session = await runtime.openSession(onnx)
    const features = await runBackbone([red, blue, red, blue], {
      card,
      run: session.run,
      square: 8,
    })
    const ofRed = [1, 0, 1, 0, 1, 0, 1, 0]
    const ofBlue = [0, 1, 0, 1, 0, 1, 0, 1]
    expect([...features].map((value) => Math.round(value * 100) / 100)).toEqual([
      ...ofRed,
      ...ofBlue,
      ...ofRed,
      ...ofBlue,
    ])
  }
})

describe('refuses, in words,', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['what is no ONNX', Buffer.from('<html>Not found</html>'), /cannot be read|no ONNX/],
    ['half a file', writeBackbone().slice(0, 200), /cannot be read/],
    ['an empty file', new Uint8Array(), /not an ONNX network/],
    ['a second input', writeBackbone({ inputs: 2 }), /takes pixel_values .*, more_1/],
  ])('%s', async (_name, onnx, message) => {
    await expect(inspect(onnx)).rejects.toBeInstanceOf(ModelError)
    await expect(inspect(onnx)).rejects.toThrow(message)
  })

  test('a value without places', async () => {
    const inspected = inspect(writeBackbone({ output: 'classes' }), { output: 'classes' })
    await expect(inspected).rejects.toThrow(/classes of sample.onnx is \[1, 2\]/)
  })

  test('a value that there is not', async () => {
    await expect(inspect(writeBackbone(), { output: 'nowhere' })).rejects.toThrow(/nowhere/)
  })
})

describe('the features of a dataset', () => {
  test('are computed once, and read from the disk afterwards', async () => {
    await using sample = await prepared()
    const { card, onnx } = await inspect(writeBackbone(), { preprocessing: plain })
    const session = await runtime.openSession(onnx)
    let runs = 0
    const run: typeof session.run = (feeds) => {
      runs++
      return session.run(feeds)
    }
    const progress: number[] = []
    const first = await cacheFeatures(
      sample.data,
      { card },
      { run, onProgress: ({ done }) => progress.push(done) },
    )
    expect(progress).toEqual([8, 11])
    const values = new Float32Array(8)
    first.read(10, values)
    expect(values[0]).toBeCloseTo((40 + 10) / 255, 3)
    first.close()
    expect(runs).toBe(2)

    const again = await cacheFeatures(sample.data, { card }, { run })
    expect(runs).toBe(2)
    expect(again.id).toBe(first.id)
    again.close()
  })

  test('go on where an interrupted run was, even in the middle of a picture', async () => {
    await using sample = await prepared()
    const { card, onnx } = await inspect(writeBackbone(), { preprocessing: plain })
    const { run } = await runtime.openSession(onnx)
    const whole = await cacheFeatures(sample.data, { card }, { run })
    whole.close()
    const folder = join(sample.data.folder, 'features')
    const [name] = await readdir(folder)
    const expected = await readFile(join(folder, name!))
    await writeFile(join(folder, `${name}.part`), expected.subarray(0, 5 * 16 + 7))
    await rm(join(folder, name!))

    const progress: number[] = []
    const store = await cacheFeatures(
      sample.data,
      { card },
      { run, onProgress: ({ done }) => progress.push(done) },
    )
    store.close()
    expect(progress).toEqual([11])
    expect(await readFile(join(folder, name!))).toEqual(expected)
    expect(await readdir(folder)).toEqual([name])
  })

  test('are those of this network and these pictures only', async () => {
    await using sample = await prepared()
    const first = await inspect(writeBackbone(), { preprocessing: plain })
    const second = await inspect(writeBackbone({ output: 'tokens' }), { preprocessing: plain })
    const ids = new Set<string>()
    for (const { card, onnx } of [first, second]) {
      const { run } = await runtime.openSession(onnx)
      const store = await cacheFeatures(sample.data, { card }, { run })
      ids.add(store.id)
      store.close()
    }
    expect(ids.size).toBe(2)
  })

  test('of the wrong size are refused, with the way out', async () => {
    await using sample = await prepared()
    const { card, onnx } = await inspect(writeBackbone())
    const { run } = await runtime.openSession(onnx)
    const store = await cacheFeatures(sample.data, { card }, { run })
    store.close()
    const [name] = await readdir(join(sample.data.folder, 'features'))
    await truncate(join(sample.data.folder, 'features', name!), 10)
    await expect(cacheFeatures(sample.data, { card }, { run })).rejects.toThrow(/Delete it/)
  })

  test('stop at once when asked to', async () => {
    await using sample = await prepared()
    const { card, onnx } = await inspect(writeBackbone())
    const { run } = await runtime.openSession(onnx)
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(cacheFeatures(sample.data, { card }, { run, signal })).rejects.toThrow('enough')
  })
})

test.each([
  ['{"size": 224, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}', 224],
  ['{"crop_size": {"height": 224, "width": 224}, "size": {"shortest_edge": 256}}', 224],
  ['{"size": {"shortest_edge": 256}}', 256],
  ['{"size": {"longest_edge": 1536}}', undefined],
  ['{}', undefined],
])('preprocessing %s is of size %s', (text, size) => {
  expect(readPreprocessing(text)?.size).toBe(size)
})

test.each(['', '[]', '{"image_mean": "half"}', '{"image_std": [1, 2]}'])(
  '%s is no preprocessing',
  (text) => {
    expect(readPreprocessing(text)).toBeUndefined()
  },
)

const picture = (color: [number, number, number]) =>
  Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => color[i % 3]!)

/** Eleven pictures, of red 40 to 50. */
async function prepared() {
  const names = Array.from({ length: 11 }, (_, i) => [`${i}.png`, [40 + i, 'train']] as const)
  const sample = await sampleDataset(Object.fromEntries(names))
  await mkdir(sample.path, { recursive: true })
  await prepareDataset(sample.options)
  const data = await openPreparedDataset(sample.options.to)
  return {
    data,
    async [Symbol.asyncDispose]() {
      data.close()
      await sample[Symbol.asyncDispose]()
    },
  }
}
