import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { input, sizeOf } from '../src/graph/tensor.ts'
import { writeOnnx } from '../src/graph/write-onnx.ts'
import { createNetwork } from '../src/models/create-network.ts'
import { createStep, type TensorValue } from '../src/models/create-step.ts'
import { pictureInput } from '../src/models/image-encoder.ts'
import { buildDecoderStep, buildEncoder } from '../src/models/inference-graphs.ts'
import { listParameters } from '../src/models/list-parameters.ts'
import type { ModelSettings } from '../src/models/model-settings.ts'
import { createParameters } from '../src/models/parameters.ts'
import { createRandom } from '../src/random.ts'
import { openRuntime, type Runtime } from '../src/runtime/runtime.ts'
import { sampleNetworks, sampleValues } from './sample-networks.ts'

const T = 5

let runtime: Runtime
beforeAll(async () => {
  runtime = await openRuntime({ threads: 1 })
})
afterAll(() => runtime.dispose())

describe.each(sampleNetworks)('%s', (_name, settings) => {
  test('says position by position what it says all at once', async () => {
    const tokens = [0, 1, 2, 3].map((row) => sequence(settings, row))
    const step = await openStep(settings, { pictures: [0, 1], rows: 4 })

    const found: number[][][] = [[], [], [], []]
    for (let t = 0; t < T; t++) {
      const parents = t === 0 ? [0, 0, 1, 1] : [0, 1, 2, 3]
      const now = tokens.map((row) => row[t]!)
      const logits = await step(Int32Array.from(now), Int32Array.from(parents))
      for (const [row, values] of toRows(logits, 4).entries()) found[row]!.push(values)
    }

    const expected = await sayAll(settings, { pictures: [0, 1], captions: 2, tokens })
    expect(distance(found.flat(2), expected.flat(2))).toBeLessThan(1e-4)
  })

  test('goes on from the row that a row grew from', async () => {
    const random = createRandom(11)
    const step = await openStep(settings, { pictures: [0, 1, 2], rows: 12 })
    let rows = [0, 1, 1, 2].map((picture) => ({ picture, tokens: [] as number[] }))
    let logits = new Float32Array()
    for (let t = 0; t < T; t++) {
      const parents = rows.map((row, i) =>
        t === 0 ? row.picture : [3, 1, 1, Math.floor(random() * 4)][i]!,
      )
      const now = rows.map(() => Math.floor(random() * settings.decoder.vocabulary))
      rows = rows.map((row, i) => {
        const from = t === 0 ? row : rows[parents[i]!]!
        return { picture: from.picture, tokens: [...from.tokens, now[i]!] }
      })
      logits = Float32Array.from(await step(Int32Array.from(now), Int32Array.from(parents)))
    }

    const expected = await sayAll(settings, {
      pictures: rows.map(({ picture }) => picture),
      captions: 1,
      tokens: rows.map(({ tokens }) => tokens),
    })
    const last = expected.map((row) => row.at(-1)!)
    expect(distance([...logits], last.flat())).toBeLessThan(1e-4)
  })

  test('says of an image the same whatever the others are', async () => {
    const tokens = [sequence(settings, 0), sequence(settings, 1)]
    const [first] = await sayAll(settings, { pictures: [0, 1], captions: 1, tokens })
    const [again] = await sayAll(settings, { pictures: [0, 2], captions: 1, tokens })
    const [alone] = await sayAll(settings, {
      pictures: [0],
      captions: 1,
      tokens: tokens.slice(0, 1),
    })
    const [other] = await sayAll(settings, { pictures: [2, 0], captions: 1, tokens })
    expect(again).toEqual(first)
    expect(distance(alone!.flat(), first!.flat())).toBeLessThan(1e-5)
    expect(distance(other!.flat(), first!.flat())).toBeGreaterThan(1e-2)
  })

  test('a caption does not know the words after', async () => {
    const tokens = sequence(settings, 0)
    const changed = tokens.with(T - 1, (tokens[T - 1]! + 1) % settings.decoder.vocabulary)
    const say = (row: number[]) => sayAll(settings, { pictures: [0], captions: 1, tokens: [row] })
    const [first] = await say(tokens)
    const [second] = await say(changed)
    expect(second!.slice(0, -1)).toEqual(first!.slice(0, -1))
    expect(distance(second!.at(-1)!, first!.at(-1)!)).toBeGreaterThan(1e-3)
  })
})

/** Logits [row][position][vocabulary] of whole captions. */
async function sayAll(
  settings: ModelSettings,
  { pictures, captions, tokens }: { pictures: number[]; captions: number; tokens: number[][] },
): Promise<number[][][]> {
  const { encode, decoder } = createNetwork(settings, createParameters())
  const { image } = encode(pictureInput(settings, pictures.length), 'inference')
  const shape = [pictures.length * captions, T]
  const logits = decoder.all(input('tokens', shape, 'int64'), image)
  const onnx = writeOnnx({ outputs: { logits }, values: sampleValues(listParameters(settings)) })
  const session = await runtime.openSession(onnx)
  const { outputs } = await session.run({
    ...makePictures(settings, pictures),
    tokens: { data: BigInt64Array.from(tokens.flat(), BigInt), shape },
  })
  await session.dispose()
  return toRows(outputs.logits!.data as Float32Array, tokens.length).map((row) =>
    toRows(Float32Array.from(row), T),
  )
}

async function openStep(
  settings: ModelSettings,
  { pictures, rows }: { pictures: number[]; rows: number },
) {
  const images = pictures.length
  const values = sampleValues(listParameters(settings))
  const encoder = await runtime.openSession(buildEncoder(settings, { images, values }))
  const { outputs } = await encoder.run(makePictures(settings, pictures))
  const { labels: _labels, pooled: _pooled, ...image } = outputs
  const decoder = await runtime.openSession(buildDecoderStep(settings, { images, rows, values }))
  return createStep({ settings, graph: decoder.openState(), images, rows, image })
}

/** Each picture from its number alone. */
function makePictures(settings: ModelSettings, numbers: number[]): Record<string, TensorValue> {
  const { source, shape } = pictureInput(settings, numbers.length)
  const size = sizeOf(shape) / numbers.length
  const data = numbers.flatMap((number) => {
    const random = createRandom(100 + number)
    return Array.from({ length: size }, () => random() * 4 - 2)
  })
  const name = source.kind === 'input' ? source.name : ''
  return { [name]: { data: Float32Array.from(data), shape } }
}

function sequence({ decoder }: ModelSettings, seed: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: T }, () => Math.floor(random() * decoder.vocabulary))
}

function toRows(values: Float32Array, count: number): number[][] {
  const size = values.length / count
  return Array.from({ length: count }, (_, i) => [...values.subarray(i * size, (i + 1) * size)])
}

const distance = (found: readonly number[], expected: readonly number[]): number =>
  found.length === expected.length
    ? Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)))
    : Number.NaN
