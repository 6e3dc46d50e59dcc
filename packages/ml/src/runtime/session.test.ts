import { afterAll, beforeAll, expect, test } from 'vitest'
import { add } from '../graph/operators/arithmetic.ts'
import { gather } from '../graph/operators/gather.ts'
import { input } from '../graph/tensor.ts'
import { writeOnnx } from '../graph/write-onnx.ts'
import { openRuntime, type Runtime } from './runtime.ts'
import type { Session } from './session.ts'
import type { TensorValues } from './tensor-value.ts'

/** Rows of a table, with something added. */
const model = writeOnnx({
  outputs: {
    rows: add(gather(input('table', [3, 2]), input('ids', [2], 'int64')), input('bias', [2])),
    same: input('flag', [1], 'bool'),
  },
})

let runtime: Runtime
let session: Session
beforeAll(async () => {
  runtime = await openRuntime({ threads: 1 })
  session = await runtime.openSession(model)
})
afterAll(() => runtime.dispose())

const feedsOf = () => ({
  table: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] },
  ids: { data: BigInt64Array.of(2n, 0n), shape: [2] },
  bias: { data: Float32Array.of(10, 20), shape: [2] },
  flag: { data: Uint8Array.of(1), shape: [1] },
})
const expected = {
  rows: { data: Float32Array.of(15, 26, 11, 22), shape: [2, 2] },
  same: { data: Uint8Array.of(1), shape: [1] },
}

test('a session computes float32, int64 and bool, and says what it takes and gives', async () => {
  const { outputs } = await session.run(feedsOf())
  expect(outputs).toEqual(expected)
  expect(session.inputs).toContainEqual({ name: 'ids', type: 'int64', shape: [2] })
  expect(session.outputs.map(({ name }) => name)).toEqual(['rows', 'same'])
})

test('arrays are away during a run and come back with its result', async () => {
  const feeds = feedsOf()
  const running = session.run(feeds)
  expect(feeds.table.data).toHaveLength(0)
  const result = await running
  expect(result.feeds).toEqual(feedsOf())
  expect((await session.run(result.feeds)).outputs).toEqual(expected)
})

test('an array that is away with another run is named', async () => {
  const feeds = feedsOf()
  const running = session.run(feeds)
  await expect(session.run(feeds)).rejects.toMatchObject({
    code: 'wrong-input',
    message: expect.stringMatching(/table \(float32 \[3, 2\]\) went away with an earlier run/),
  })
  await running
})

test('views of a larger buffer, and their neighbours, stay as they are', async () => {
  const tables = Float32Array.of(1, 2, 3, 4, 5, 6, 99)
  const biases = Float32Array.of(99, 10, 20)
  const feeds = {
    ...feedsOf(),
    table: { data: tables.subarray(0, 6), shape: [3, 2] },
    bias: { data: biases.subarray(1), shape: [2] },
    // From the pool that small Node Buffers share.
    flag: { data: Buffer.from([1]), shape: [1] },
  }
  const result = await session.run(feeds)
  expect(result.outputs).toEqual(expected)
  expect(tables).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6, 99))
  expect(biases).toEqual(Float32Array.of(99, 10, 20))
  expect(result.feeds.table!.data).toBe(feeds.table.data)
})

test('two feeds may share a buffer', async () => {
  const same = new Float32Array([7, 8])
  const twice = writeOnnx({ outputs: { sum: add(input('a', [2]), input('b', [2])) } })
  const other = await runtime.openSession(twice)
  const value = { data: same, shape: [2] }
  const { outputs } = await other.run({ a: value, b: value })
  expect(outputs.sum!.data).toEqual(Float32Array.of(14, 16))
  expect(same).toEqual(Float32Array.of(7, 8))
  await other.dispose()
})

test('shared memory is read, not moved', async () => {
  const shared = new Float32Array(new SharedArrayBuffer(8))
  shared.set([10, 20])
  const { outputs } = await session.run({ ...feedsOf(), bias: { data: shared, shape: [2] } })
  expect(outputs).toEqual(expected)
})

test('held values are used by all runs until they are replaced, and a run may differ', async () => {
  const holder = await runtime.openSession(model)
  const { table, bias, ids, flag } = feedsOf()
  await holder.hold({ table, bias })
  expect(table.data).toHaveLength(6)

  const first = await holder.run({ ids, flag })
  expect(first.outputs).toEqual(expected)
  expect(Object.keys(first.feeds)).toEqual(['ids', 'flag'])

  await holder.hold({ bias: { data: Float32Array.of(0, 0), shape: [2] } })
  const second = await holder.run(first.feeds)
  expect(second.outputs.rows!.data).toEqual(Float32Array.of(5, 6, 1, 2))

  const third = await holder.run({ ...second.feeds, bias })
  expect(third.outputs).toEqual(expected)
  const fourth = await holder.run({ ids: third.feeds.ids!, flag: third.feeds.flag! })
  expect(fourth.outputs.rows!.data).toEqual(Float32Array.of(5, 6, 1, 2))
  await holder.dispose()
})

test.each<[string, Record<string, unknown>, RegExp]>([
  ['missing', { bias: undefined }, /No value is given for bias \(float32 \[2\]\)/],
  [
    'unknown',
    { more: feedsOf().bias },
    /more is not an input; there are table \(float32 \[3, 2\]\)/,
  ],
  [
    'of the wrong type',
    { ids: { data: Float32Array.of(2, 0), shape: [2] } },
    /ids \(int64 \[2\]\) takes a BigInt64Array, not Float32Array/,
  ],
  [
    'of the wrong shape',
    { table: { data: new Float32Array(6), shape: [2, 3] } },
    /table \(float32 \[3, 2\]\) was given a value of shape \[2, 3\]/,
  ],
  [
    'too short',
    { table: { data: new Float32Array(5), shape: [3, 2] } },
    /table \[3, 2\] has 6 values, but 5 are given/,
  ],
])('a value that is %s is named, and no array is taken', async (_case, change, message) => {
  const feeds = Object.fromEntries(
    Object.entries({ ...feedsOf(), ...change }).filter(([, value]) => value),
  ) as TensorValues
  await expect(session.run(feeds)).rejects.toMatchObject({ code: 'wrong-input', message })
  expect(feeds.flag!.data).toHaveLength(1)
})

test('a run that fails is told from wrong input, and the session goes on', async () => {
  const feeds = { ...feedsOf(), ids: { data: BigInt64Array.of(7n, 0n), shape: [2] } }
  await expect(session.run(feeds)).rejects.toMatchObject({
    code: 'run-failed',
    message: expect.stringContaining('idx=7'),
  })
  expect((await session.run(feedsOf())).outputs).toEqual(expected)
})

test.each([
  ['empty', new Uint8Array()],
  ['cut off', model.subarray(0, 100)],
  ['something else', new TextEncoder().encode('<html>Not found</html>')],
])('a model file that is %s is rejected', async (_case, bytes) => {
  await expect(runtime.openSession(bytes)).rejects.toMatchObject({
    code: 'model-rejected',
    message: expect.stringContaining(`The model (${bytes.length} bytes) cannot be compiled`),
  })
})

test('a disposed session refuses runs; those before are answered', async () => {
  const other = await runtime.openSession(model, { optimization: 'none' })
  const asked = other.run(feedsOf())
  const gone = other.dispose()
  await expect(other.run(feedsOf())).rejects.toMatchObject({ code: 'disposed' })
  await expect(other.hold(feedsOf())).rejects.toMatchObject({ code: 'disposed' })
  expect((await asked).outputs).toEqual(expected)
  await gone
  await other.dispose()
})

test('opening a session leaves the bytes of the model with the caller', async () => {
  const bytes = model.slice()
  await (await runtime.openSession(bytes)).dispose()
  expect(bytes).toEqual(model)
})

test('a model with values of a type that has no array here is rejected by name', async () => {
  const hex = Buffer.from(writeOnnx({ outputs: { y: input('x', [1]) } })).toString('hex')
  // The element type of both x and y: float32 (1) becomes int32 (6).
  const int32 = Buffer.from(hex.replaceAll('0a080801', '0a080806'), 'hex')
  await expect(runtime.openSession(int32)).rejects.toMatchObject({
    code: 'model-rejected',
    message: 'x of the model is int32; float32, int64, bool, uint8 can be used.',
  })
})
