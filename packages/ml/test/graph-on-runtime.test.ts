import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gradients } from '../src/graph/gradients.ts'
import { add, multiply, scale } from '../src/graph/operators/arithmetic.ts'
import { convolution } from '../src/graph/operators/convolution.ts'
import { embedding } from '../src/graph/operators/gather.ts'
import { matmul } from '../src/graph/operators/matmul.ts'
import { batchNormTraining } from '../src/graph/operators/normalization.ts'
import { reduceSum } from '../src/graph/operators/sum-and-expand.ts'
import { constant, input, type Shape, sizeOf, type Tensor } from '../src/graph/tensor.ts'
import { writeOnnx } from '../src/graph/write-onnx.ts'
import { createRandom } from '../src/random.ts'
import { openRuntime, type Runtime } from '../src/runtime/runtime.ts'
import type { TensorValues } from '../src/runtime/tensor-value.ts'
import { evaluateGraph } from './evaluate-graph.ts'
import { noise, type OperatorCase, operatorCases } from './operator-cases.ts'

let runtime: Runtime
beforeAll(async () => {
  runtime = await openRuntime({ threads: 2 })
})
afterAll(() => runtime.dispose())

const convolutionCase = (
  x: Shape,
  kernel: Shape,
  options: { stride?: number; padding?: number },
): OperatorCase => [
  `convolution of [${x}] with [${kernel}] ${JSON.stringify(options)}`,
  [x, kernel],
  (a, k) => convolution(a, k, options),
]

const productCase = (
  a: Shape,
  b: Shape,
  options: { transposeA?: boolean; transposeB?: boolean } = {},
): OperatorCase => [
  `product of [${a}] and [${b}] ${JSON.stringify(options)}`,
  [a, b],
  (x, y) => matmul(x, y, options),
]

/** Sizes at which ONNX Runtime takes other ways: channels in blocks of 8 and 16, wide rows, rows of one. */
const largerCases: OperatorCase[] = [
  convolutionCase([2, 16, 7, 6], [16, 16, 3, 3], { padding: 1 }),
  convolutionCase([1, 16, 9, 9], [32, 16, 3, 3], { padding: 1, stride: 2 }),
  convolutionCase([2, 32, 4, 4], [16, 32, 1, 1], {}),
  convolutionCase([2, 16, 6, 6], [32, 16, 1, 1], { stride: 2 }),
  convolutionCase([2, 3, 12, 12], [16, 3, 3, 3], { padding: 1, stride: 2 }),
  convolutionCase([1, 1, 1, 1], [1, 1, 3, 3], { padding: 1 }),
  convolutionCase([1, 2, 10, 9], [3, 2, 5, 5], { padding: 2 }),
  convolutionCase([1, 2, 11, 10], [3, 2, 7, 7], { padding: 3, stride: 2 }),
  productCase([1, 1], [1, 1]),
  productCase([1, 64], [64, 1]),
  productCase([33, 17], [17, 65]),
  productCase([17, 33], [65, 17], { transposeA: true, transposeB: true }),
  productCase([3, 4, 20, 16], [3, 4, 24, 16], { transposeB: true }),
  productCase([2, 3, 16, 20], [2, 3, 16, 24], { transposeA: true }),
  productCase([2, 3, 16, 20], [2, 3, 24, 16], { transposeA: true, transposeB: true }),
  productCase([5, 1, 16], [16, 40]),
  productCase([2, 1, 5, 8], [1, 3, 8, 4]),
  [
    'convolutions and batch normalizations one after the other',
    [[2, 16, 6, 6], [16, 16, 3, 3], [16], [16]],
    (x, kernel, gain, bias) => {
      const layer = (a: Tensor) =>
        batchNormTraining(convolution(a, kernel, { padding: 1 }), { gain, bias }).y
      return add(layer(layer(x)), x)
    },
  ],
]

describe('ONNX Runtime computes what the definitions say', () => {
  test.each([...operatorCases, ...largerCases])('%s', async (_name, shapes, build) => {
    const inputs = shapes.map((shape, i) => input(`x${i}`, shape))
    const result = build(...inputs)
    const weights = constant([...noise(sizeOf(result.shape), 99)], result.shape)
    const all = [result, ...gradients(reduceSum(multiply(result, weights)), inputs)]
    const given = shapes.map((shape, i) => Float32Array.from(noise(sizeOf(shape), i)))

    const feeds = shapes.map((shape, i) => [`x${i}`, { data: given[i]!.slice(), shape }] as const)
    const found = await compute(all, Object.fromEntries(feeds))
    const exact = evaluateGraph(
      all,
      Object.fromEntries(given.map((data, i) => [`x${i}`, Float64Array.from(data)])),
    )
    for (const [i, expected] of exact.entries()) {
      const what = i === 0 ? 'value' : `gradient of x${i - 1}`
      expect(found[i]!.length, what).toBe(expected.length)
      expect(distance(found[i]!, expected), what).toBeLessThan(1e-4)
    }
  })
})

test('rows that occur again and again are added up exactly, whatever the threads do', async () => {
  // So many and so wide that ScatterND loses additions in most runs with two threads (64 wide: in none).
  const [rows, width] = [1408, 256]
  const random = createRandom(3)
  const ids = Array.from({ length: rows }, () => Math.floor(random() * 7))
  const table = input('table', [7, width])
  const found = embedding(table, input('ids', [rows], 'int64'))
  const loss = reduceSum(multiply(found, input('g', [rows, width])))
  const [sums] = gradients(loss, [table])
  const session = await runtime.openSession(writeOnnx({ outputs: { sums: sums! } }))
  // Whole numbers: their sums are exact in any order.
  const g = Float32Array.from({ length: rows * width }, () => Math.floor(random() * 100))
  const expected = new Float32Array(7 * width)
  for (const [i, value] of g.entries()) {
    expected[ids[Math.floor(i / width)]! * width + (i % width)]! += value
  }

  let feeds: TensorValues = {
    ids: { data: BigInt64Array.from(ids, BigInt), shape: [rows] },
    g: { data: g, shape: [rows, width] },
  }
  for (let i = 0; i < 300; i++) {
    const { outputs, feeds: back } = await session.run(feeds)
    feeds = back
    expect(Buffer.compare(bytesOf(outputs.sums!.data), bytesOf(expected)), `run ${i}`).toBe(0)
  }
})

test('batch normalizations that share their parameters keep statistics of their own', async () => {
  const [gain, bias] = [input('gain', [2]), input('bias', [2])]
  const x = input('x', [2, 2, 3, 3])
  const first = batchNormTraining(x, { gain, bias })
  const second = batchNormTraining(multiply(x, x), { gain, bias })
  // Not themselves results: those would not lie where the next layer writes.
  const all = [first, second].flatMap(({ y, statistics }) => [
    scale(statistics.mean, 2),
    scale(statistics.variance, 3),
    y,
  ])
  const data = Float32Array.from(noise(36, 1))
  const expected = evaluateGraph(all, {
    x: Float64Array.from(data),
    gain: Float64Array.of(1.5, 2),
    bias: Float64Array.of(0.5, -1),
  })
  const found = await compute(all, {
    x: { data, shape: [2, 2, 3, 3] },
    gain: { data: Float32Array.of(1.5, 2), shape: [2] },
    bias: { data: Float32Array.of(0.5, -1), shape: [2] },
  })
  for (const [i, value] of found.entries()) expect(distance(value, expected[i]!)).toBeLessThan(1e-5)
})

test('a fed gain is as it was after a run', async () => {
  const shared = input('both', [2])
  const x = input('x', [1, 2, 2, 2])
  const { y } = batchNormTraining(x, { gain: shared, bias: shared })
  const session = await runtime.openSession(writeOnnx({ outputs: { y } }))
  const { feeds } = await session.run({
    both: { data: Float32Array.of(1.5, 2), shape: [2] },
    x: { data: Float32Array.from(noise(8, 1)), shape: [1, 2, 2, 2] },
  })
  expect(feeds.both!.data).toEqual(Float32Array.of(1.5, 2))
})

async function compute(tensors: readonly Tensor[], feeds: TensorValues): Promise<Float32Array[]> {
  const outputs = Object.fromEntries(tensors.map((tensor, i) => [`y${i}`, tensor]))
  const session = await runtime.openSession(writeOnnx({ outputs }))
  const used = session.inputs.map(({ name }) => [name, feeds[name]!] as const)
  const { outputs: found } = await session.run(Object.fromEntries(used))
  await session.dispose()
  return tensors.map((_, i) => found[`y${i}`]!.data as Float32Array)
}

/** The largest difference, as a share of the largest value. */
function distance(found: Float32Array, expected: Float64Array): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
  return found.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - expected[i]!) / largest), // NaN stays
    0,
  )
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer, byteOffset, byteLength)
