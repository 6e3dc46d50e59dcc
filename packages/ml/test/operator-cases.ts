import * as activation from '../src/graph/operators/activation.ts'
import {
  add,
  divide,
  multiply,
  negate,
  scale,
  subtract,
} from '../src/graph/operators/arithmetic.ts'
import { attention, joinHeads, splitHeads } from '../src/graph/operators/attention.ts'
import { convolution } from '../src/graph/operators/convolution.ts'
import {
  binaryCrossEntropy,
  crossEntropyPerRow,
  weightedMean,
} from '../src/graph/operators/cross-entropy.ts'
import { dropout } from '../src/graph/operators/dropout.ts'
import { embedding, pickPerRow } from '../src/graph/operators/gather.ts'
import { concat, pad, slice, split, transpose } from '../src/graph/operators/layout.ts'
import { lstmStep } from '../src/graph/operators/lstm.ts'
import { matmul } from '../src/graph/operators/matmul.ts'
import { reduceMean } from '../src/graph/operators/mean.ts'
import { batchNormTraining, layerNorm } from '../src/graph/operators/normalization.ts'
import { averagePool, globalAveragePool } from '../src/graph/operators/pooling.ts'
import { reshape } from '../src/graph/operators/reshape.ts'
import { logSoftmax, softmax } from '../src/graph/operators/softmax.ts'
import { expand, reduceSum } from '../src/graph/operators/sum-and-expand.ts'
import { constant, integers, type Shape, type Tensor } from '../src/graph/tensor.ts'

/** An operator at work on inputs of these shapes. */
export type OperatorCase = [name: string, shapes: Shape[], build: (...inputs: Tensor[]) => Tensor]

const positive = (a: Tensor) => add(multiply(a, a), constant([0.5], [1]))
const causal = constant([0, -9, -9, 0, 0, -9, 0, 0, 0], [1, 1, 3, 3])
const ids = integers([2, 0, 2, 2, 1, 0], [2, 3])

/** Every operator, in the ways that it is used. */
export const operatorCases: OperatorCase[] = [
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
  [
    'slice of two axes',
    [[4, 5]],
    (a) =>
      slice(a, [
        { axis: 0, start: 1, end: 3 },
        { axis: 1, start: 0, end: 2 },
      ]),
  ],
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
    'one matrix times a batch',
    [
      [2, 3],
      [4, 3, 2],
    ],
    (a, b) => matmul(a, b),
  ],
  [
    'one matrix, transposed, times a batch',
    [
      [3, 2],
      [4, 3, 2],
    ],
    (a, b) => matmul(a, b, { transposeA: true }),
  ],
  [
    'a batch, transposed, times one matrix',
    [
      [4, 3, 2],
      [3, 5],
    ],
    (a, b) => matmul(a, b, { transposeA: true }),
  ],
  [
    'a batch times one matrix, both transposed',
    [
      [4, 3, 2],
      [5, 3],
    ],
    (a, b) => matmul(a, b, { transposeA: true, transposeB: true }),
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
    'convolution 1×1, stride 2',
    [
      [2, 3, 5, 4],
      [4, 3, 1, 1],
    ],
    (x, k) => convolution(x, k, { stride: 2 }),
  ],
  [
    'convolution 1×1, padded',
    [
      [1, 2, 3, 3],
      [2, 2, 1, 1],
    ],
    (x, k) => convolution(x, k, { padding: 1 }),
  ],
  [
    'convolution, kernel not square',
    [
      [2, 2, 4, 5],
      [3, 2, 2, 3],
    ],
    (x, k) => convolution(x, k, { padding: 1 }),
  ],
  [
    'convolution 2×2, stride 2, a rest left over',
    [
      [1, 2, 5, 5],
      [2, 2, 2, 2],
    ],
    (x, k) => convolution(x, k, { stride: 2 }),
  ],
  [
    'grouped convolution 3×3',
    [
      [2, 4, 3, 4],
      [6, 2, 3, 3],
    ],
    (x, k) => convolution(x, k, { padding: 1, groups: 2 }),
  ],
  [
    'grouped convolution 3×3, stride 2',
    [
      [2, 4, 5, 4],
      [2, 2, 3, 3],
    ],
    (x, k) => convolution(x, k, { padding: 1, stride: 2, groups: 2 }),
  ],
  [
    'depthwise convolution 3×3',
    [
      [2, 3, 4, 3],
      [3, 1, 3, 3],
    ],
    (x, k) => convolution(x, k, { padding: 1, groups: 3 }),
  ],
  [
    'depthwise convolution 5×5, stride 2',
    [
      [2, 3, 6, 5],
      [3, 1, 5, 5],
    ],
    (x, k) => convolution(x, k, { padding: 2, stride: 2, groups: 3 }),
  ],
  [
    'depthwise convolution, two kernels a channel',
    [
      [2, 2, 3, 3],
      [4, 1, 3, 3],
    ],
    (x, k) => convolution(x, k, { padding: 1, groups: 2 }),
  ],
  ['average pooling', [[1, 2, 4, 6]], (x) => averagePool(x, 2)],
  ['global average pooling', [[2, 3, 2, 2]], globalAveragePool],
  ['layer normalization', [[2, 3, 4], [4], [4]], (x, gain, bias) => layerNorm(x, gain, bias)],
  [
    'batch normalization',
    [[3, 2, 2, 2], [2], [2]],
    (x, gain, bias) => batchNormTraining(x, { gain, bias }).y,
  ],
  [
    'batch normalizations that share gain and bias',
    [[3, 2, 2, 2], [2], [2]],
    (x, gain, bias) => {
      const first = batchNormTraining(x, { gain, bias }).y
      return batchNormTraining(multiply(first, x), { gain, bias }).y
    },
  ],
  [
    'batch normalization with one tensor as gain and bias',
    [[3, 2, 2, 2], [2]],
    (x, both) => batchNormTraining(x, { gain: both, bias: both }).y,
  ],
  ['embedding with repeated rows', [[3, 4]], (table) => embedding(table, ids)],
  ['one entry a row', [[3, 4]], (a) => pickPerRow(a, integers([1, 1, 3]))],
  ['cross-entropy', [[3, 4]], (a) => crossEntropyPerRow(a, integers([1, 0, 3]))],
  [
    'cross-entropy, smoothed',
    [[3, 4]],
    (a) => crossEntropyPerRow(a, integers([1, 0, 3]), { smoothing: 0.1 }),
  ],
  ['a weighted mean', [[4]], (a) => weightedMean(a, constant([1, 0, 0.5, -1], [4]))],
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

/** Numbers between −1 and 1, none near 0, where ReLU has no derivative. */
export function noise(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    const value = Math.sin(12.9898 * (i + 1) + 78.233 * (seed + 1)) * 43758.5453
    const unit = value - Math.floor(value)
    return (unit < 0.5 ? -1 : 1) * (0.05 + 0.95 * Math.abs(2 * unit - 1))
  })
}
