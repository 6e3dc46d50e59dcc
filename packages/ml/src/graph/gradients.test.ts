import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../test/evaluate-graph.ts'
import { gradients } from './gradients.ts'
import * as activation from './operators/activation.ts'
import { add, divide, multiply, negate, scale, subtract } from './operators/arithmetic.ts'
import { attention, joinHeads, splitHeads } from './operators/attention.ts'
import { convolution } from './operators/convolution.ts'
import { binaryCrossEntropy, crossEntropyPerRow, weightedMean } from './operators/cross-entropy.ts'
import { dropout } from './operators/dropout.ts'
import { embedding, gather, pickPerRow } from './operators/gather.ts'
import { concat, pad, slice, split, transpose } from './operators/layout.ts'
import { lstmStep } from './operators/lstm.ts'
import { matmul } from './operators/matmul.ts'
import { reduceMean } from './operators/mean.ts'
import { batchNormInference, batchNormTraining, layerNorm } from './operators/normalization.ts'
import { averagePool, globalAveragePool } from './operators/pooling.ts'
import { reshape } from './operators/reshape.ts'
import { logSoftmax, softmax } from './operators/softmax.ts'
import { expand, reduceSum } from './operators/sum-and-expand.ts'
import { constant, GraphError, input, integers, type Shape, sizeOf, type Tensor } from './tensor.ts'

type Case = [name: string, shapes: Shape[], build: (...inputs: Tensor[]) => Tensor]

const positive = (a: Tensor) => add(multiply(a, a), constant([0.5], [1]))
const ids = integers([2, 0, 2, 2, 1, 0], [2, 3])

const cases: Case[] = [
  ['add, broadcast', [[2, 3], [3]], add],
  [
    'add, broadcast both ways',
    [
      [2, 1, 3],
      [4, 1],
    ],
    add,
  ],
  ['subtract, broadcast', [[3], [2, 3]], subtract],
  [
    'multiply, broadcast',
    [
      [2, 3],
      [2, 1],
    ],
    multiply,
  ],
  ['multiply by itself', [[4]], (a) => multiply(a, a)],
  ['divide, broadcast', [[2, 3], [3]], (a, b) => divide(a, positive(b))],
  ['negate and scale', [[3]], (a) => scale(negate(a), 2.5)],
  ['relu', [[3, 4]], activation.relu],
  ['gelu', [[3, 4]], activation.gelu],
  ['sigmoid', [[5]], activation.sigmoid],
  ['tanh', [[5]], activation.tanh],
  ['exp', [[5]], activation.exp],
  ['log', [[5]], (a) => activation.log(positive(a))],
  ['sqrt', [[5]], (a) => activation.sqrt(positive(a))],
  ['softplus', [[5]], activation.softplus],
  ['softmax', [[2, 3, 4]], softmax],
  ['log-softmax', [[3, 4]], logSoftmax],
  ['reshape', [[2, 6]], (a) => reshape(a, [3, 4])],
  ['transpose', [[2, 3, 4]], (a) => transpose(a, [2, 0, 1])],
  ['slice', [[4, 5]], (a) => slice(a, [{ axis: 1, start: 1, end: 4 }])],
  ['pad', [[2, 3]], (a) => pad(a, [1, 0], [0, 2])],
  [
    'concat',
    [
      [2, 3],
      [2, 1],
    ],
    (a, b) => concat([a, b], 1),
  ],
  [
    'split, one part unused',
    [[2, 5]],
    (a) => multiply(split(a, [2, 1, 2], 1)[0]!, constant([3], [1])),
  ],
  ['expand', [[2, 1]], (a) => expand(a, [3, 2, 4])],
  ['sum over some axes', [[2, 3, 4]], (a) => reduceSum(a, [0, 2])],
  ['sum over all', [[2, 3]], (a) => reduceSum(a)],
  ['mean, axes kept', [[2, 3, 4]], (a) => reduceMean(a, [1], { keep: true })],
  [
    'product of matrices',
    [
      [2, 3],
      [3, 4],
    ],
    (a, b) => matmul(a, b),
  ],
  [
    'product, left transposed',
    [
      [3, 2],
      [3, 4],
    ],
    (a, b) => matmul(a, b, { transposeA: true }),
  ],
  [
    'product, right transposed',
    [
      [2, 3],
      [4, 3],
    ],
    (a, b) => matmul(a, b, { transposeB: true }),
  ],
  [
    'product, both transposed',
    [
      [3, 2],
      [4, 3],
    ],
    (a, b) => matmul(a, b, { transposeA: true, transposeB: true }),
  ],
  [
    'products in a batch',
    [
      [2, 2, 3],
      [2, 3, 4],
    ],
    (a, b) => matmul(a, b),
  ],
  [
    'products in a batch, right transposed',
    [
      [2, 3, 2, 3],
      [2, 3, 4, 3],
    ],
    (a, b) => matmul(a, b, { transposeB: true }),
  ],
  [
    'products in a batch, left transposed',
    [
      [2, 3, 2],
      [2, 3, 4],
    ],
    (a, b) => matmul(a, b, { transposeA: true }),
  ],
  [
    'products in a batch, both transposed',
    [
      [2, 3, 2],
      [2, 4, 3],
    ],
    (a, b) => matmul(a, b, { transposeA: true, transposeB: true }),
  ],
  [
    'a batch times one matrix',
    [
      [2, 3, 4],
      [4, 5],
    ],
    (a, b) => matmul(a, b),
  ],
  [
    'a batch times one matrix, transposed',
    [
      [2, 3, 4],
      [5, 4],
    ],
    (a, b) => matmul(a, b, { transposeB: true }),
  ],
  [
    'products, batch broadcast',
    [
      [1, 2, 3],
      [4, 3, 2],
    ],
    (a, b) => matmul(a, b),
  ],
  [
    'convolution 3×3, padded',
    [
      [2, 3, 4, 5],
      [4, 3, 3, 3],
    ],
    (x, k) => convolution(x, k, { padding: 1 }),
  ],
  [
    'convolution 3×3, not padded',
    [
      [2, 2, 4, 4],
      [3, 2, 3, 3],
    ],
    (x, k) => convolution(x, k),
  ],
  [
    'convolution 3×3, stride 2',
    [
      [2, 2, 5, 6],
      [3, 2, 3, 3],
    ],
    (x, k) => convolution(x, k, { padding: 1, stride: 2 }),
  ],
  [
    'convolution 4×4, stride 4',
    [
      [1, 3, 8, 8],
      [2, 3, 4, 4],
    ],
    (x, k) => convolution(x, k, { stride: 4 }),
  ],
  [
    'convolution 1×1',
    [
      [2, 3, 2, 2],
      [4, 3, 1, 1],
    ],
    (x, k) => convolution(x, k),
  ],
  [
    'convolution 2×2, stride 2, a rest left over',
    [
      [1, 2, 5, 5],
      [2, 2, 2, 2],
    ],
    (x, k) => convolution(x, k, { stride: 2 }),
  ],
  ['average pooling', [[1, 2, 4, 6]], (x) => averagePool(x, 2)],
  ['global average pooling', [[2, 3, 2, 2]], globalAveragePool],
  ['layer normalization', [[2, 3, 4], [4], [4]], (x, gain, bias) => layerNorm(x, gain, bias)],
  [
    'batch normalization',
    [[3, 2, 2, 2], [2], [2]],
    (x, gain, bias) => batchNormTraining(x, { gain, bias }).y,
  ],
  ['embedding with repeated rows', [[3, 4]], (table) => embedding(table, ids)],
  ['one entry a row', [[3, 4]], (a) => pickPerRow(a, integers([1, 1, 3]))],
  ['cross-entropy', [[3, 4]], (a) => crossEntropyPerRow(a, integers([1, 0, 3]))],
  [
    'cross-entropy, smoothed',
    [[3, 4]],
    (a) => crossEntropyPerRow(a, integers([1, 0, 3]), { smoothing: 0.1 }),
  ],
  ['a weighted mean', [[4]], (a) => weightedMean(a, constant([1, 0, 0.5, 1], [4]))],
  [
    'binary cross-entropy',
    [[2, 3]],
    (a) => binaryCrossEntropy(a, constant([1, 0, 0, 1, 1, 0], [2, 3])),
  ],
  ['dropout', [[4]], (a) => dropout(a, constant([0, 2, 2, 0], [4]))],
  [
    'attention',
    [
      [2, 2, 3, 4],
      [2, 2, 5, 4],
      [2, 2, 5, 4],
    ],
    (q, k, v) => attention(q, k, v),
  ],
  [
    'attention, masked',
    [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
    (q, k, v) => attention(q, k, v, causal),
  ],
  ['heads, split and joined', [[2, 3, 4]], (a) => multiply(joinHeads(splitHeads(a, 2)), a)],
  [
    'an LSTM step',
    [[2, 3], [2, 2], [2, 2], [3, 8], [2, 8], [8]],
    (x, hidden, cell, ofInput, ofHidden, bias) => {
      const after = lstmStep(x, { hidden, cell }, { ofInput, ofHidden, bias })
      return add(after.hidden, after.cell)
    },
  ],
]

const causal = constant([0, -9, -9, 0, 0, -9, 0, 0, 0], [1, 1, 3, 3])

describe('each gradient agrees with finite differences in float64', () => {
  test.each(cases)('%s', (_name, shapes, build) => {
    const inputs = shapes.map((shape, i) => input(`x${i}`, shape))
    const result = build(...inputs)
    const weights = constant([...noise(sizeOf(result.shape), 99)], result.shape)
    const loss = reduceSum(multiply(result, weights))
    const feeds = Object.fromEntries(shapes.map((shape, i) => [`x${i}`, noise(sizeOf(shape), i)]))

    const analytic = evaluateGraph(gradients(loss, inputs), feeds)
    for (const [i, gradient] of analytic.entries()) {
      const numeric = differences(loss, feeds, `x${i}`)
      for (const [j, value] of gradient.entries()) {
        expect(value, `x${i}[${j}]`).toBeCloseTo(numeric[j]!, 6)
      }
    }
  })
})

test('batch statistics in inference give what the batch gave in training', () => {
  const x = input('x', [3, 2, 2, 2])
  const parameters = { gain: constant([1.5, 2], [2]), bias: constant([0.5, -1], [2]) }
  const { y, statistics } = batchNormTraining(x, parameters)
  const again = batchNormInference(x, parameters, statistics)
  const [first, second] = evaluateGraph([y, again], { x: noise(24, 1) })
  expect([...second!]).toEqual([...first!].map((value) => expect.closeTo(value, 12)))
})

test.each<[string, () => unknown, string]>([
  [
    'a product',
    () => matmul(input('a', [2, 3]), input('b', [4, 5])),
    'MatMul: [2, 3] and [4, 5] do not fit.',
  ],
  [
    'a sum',
    () => add(input('a', [2, 3]), input('b', [2])),
    'Add: [2, 3] and [2] do not go together.',
  ],
  [
    'a convolution',
    () => convolution(input('x', [1, 3, 4, 4]), input('k', [2, 5, 3, 3])),
    'Conv: [1, 3, 4, 4] and a kernel of [2, 5, 3, 3] do not fit.',
  ],
  ['a reshape', () => reshape(input('a', [2, 3]), [4]), 'Reshape: [2, 3] does not fill [4].'],
  [
    'a loss that is no number',
    () => gradients(input('a', [2]), []),
    'gradients: the loss is [2]; it must be one number, [].',
  ],
  [
    'a parameter without influence',
    () => gradients(reduceSum(input('a', [2])), [input('b', [3])]),
    'gradients: b [3] does not influence the loss.',
  ],
  [
    'an operator without gradient',
    () => {
      const table = input('t', [2, 3])
      return gradients(reduceSum(gather(table, integers([0]), 1)), [table])
    },
    'Gather: there is a gradient for rows only, not for [2, 3].',
  ],
])('%s that does not fit is named with its shapes', (_what, build, message) => {
  expect(build).toThrow(new GraphError(message))
})

/** (L(x + h) − L(x − h)) / 2h for every entry of one input. */
function differences(loss: Tensor, feeds: Record<string, Float64Array>, name: string): number[] {
  const h = 1e-5
  const lossWith = (i: number, by: number) => {
    const nudged = feeds[name]!.slice()
    nudged[i]! += by
    return evaluateGraph([loss], { ...feeds, [name]: nudged })[0]![0]!
  }
  return [...feeds[name]!.keys()].map((i) => (lossWith(i, h) - lossWith(i, -h)) / (2 * h))
}

/** Numbers between −1 and 1, none near 0, where ReLU has no derivative. */
function noise(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    const value = Math.sin(12.9898 * (i + 1) + 78.233 * (seed + 1)) * 43758.5453
    const unit = value - Math.floor(value)
    return (unit < 0.5 ? -1 : 1) * (0.05 + 0.95 * Math.abs(2 * unit - 1))
  })
}
