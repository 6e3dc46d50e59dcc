import { expect, test } from 'vitest'
import { gradients } from './gradients.ts'
import { add, divide, multiply, subtract } from './operators/arithmetic.ts'
import { attention, joinHeads, splitHeads } from './operators/attention.ts'
import { convolution } from './operators/convolution.ts'
import { binaryCrossEntropy, crossEntropyPerRow, weightedMean } from './operators/cross-entropy.ts'
import { gather, pickPerRow } from './operators/gather.ts'
import { concat, pad, slice, split, transpose } from './operators/layout.ts'
import { lstmStep } from './operators/lstm.ts'
import { matmul } from './operators/matmul.ts'
import { reduceMean } from './operators/mean.ts'
import { batchNormInference, batchNormTraining, layerNorm } from './operators/normalization.ts'
import { averagePool } from './operators/pooling.ts'
import { reshape } from './operators/reshape.ts'
import { expand, reduceSum } from './operators/sum-and-expand.ts'
import { constant, GraphError, input, integers, type Shape } from './tensor.ts'

const of = (...shape: Shape) => input(`of ${shape}`, shape)
const square = of(1, 3, 4, 4)

test.each<[what: string, build: () => unknown, message: string]>([
  ['a sum', () => add(of(2, 3), of(2)), 'Add: [2, 3] and [2] do not go together.'],
  ['a difference', () => subtract(of(3), of(2)), 'Sub: [3] and [2] do not go together.'],
  ['a product', () => multiply(of(2, 3), of(3, 3)), 'Mul: [2, 3] and [3, 3] do not go together.'],
  ['a quotient', () => divide(of(2), of(4, 3)), 'Div: [2] and [4, 3] do not go together.'],
  ['a matrix product', () => matmul(of(2, 3), of(4, 5)), 'MatMul: [2, 3] and [4, 5] do not fit.'],
  [
    'a transposed matrix product',
    () => matmul(of(2, 3), of(3, 5), { transposeA: true, transposeB: true }),
    'MatMul: [2, 3] (transposed) and [3, 5] (transposed) do not fit.',
  ],
  ['a vector as a matrix', () => matmul(of(3), of(3, 2)), 'MatMul: [3] and [3, 2] do not fit.'],
  ['a matrix with a vector', () => matmul(of(2, 3), of(3)), 'MatMul: [2, 3] and [3] do not fit.'],
  [
    'a batch of products',
    () => matmul(of(2, 3, 4), of(3, 4, 5)),
    'MatMul: [2] and [3] do not go together.',
  ],
  [
    'a convolution',
    () => convolution(square, of(2, 5, 3, 3)),
    'Conv: [1, 3, 4, 4] and a kernel of [2, 5, 3, 3] do not fit.',
  ],
  [
    'channels of x that are not those of the groups',
    () => convolution(square, of(2, 2, 3, 3), { groups: 2 }),
    'Conv: [1, 3, 4, 4] and a kernel of [2, 2, 3, 3] do not fit.',
  ],
  [
    'kernels that do not fall into the groups',
    () => convolution(square, of(4, 1, 3, 3), { groups: 3 }),
    'Conv: 4 channels do not fall into 3 groups.',
  ],
  [
    'a large kernel',
    () => convolution(square, of(2, 3, 5, 5)),
    'Conv: a kernel of [2, 3, 5, 5] is larger than [1, 3, 4, 4].',
  ],
  [
    'a layer normalization',
    () => layerNorm(of(2, 3), of(3), of(2)),
    'LayerNormalization: gain and bias [3] and [2] do not fit [2, 3].',
  ],
  [
    'a bias of two dimensions',
    () => layerNorm(of(2, 3), of(3), of(3, 1)),
    'LayerNormalization: gain and bias [3] and [3, 1] do not fit [2, 3].',
  ],
  [
    'a batch normalization',
    () => batchNormTraining(square, { gain: of(2), bias: of(3) }),
    'BatchNormalization: a gain of [2] does not fit [1, 3, 4, 4].',
  ],
  [
    'the bias of a batch normalization',
    () => batchNormTraining(square, { gain: of(3), bias: of(1) }),
    'BatchNormalization: a bias of [1] does not fit [1, 3, 4, 4].',
  ],
  [
    'statistics',
    () =>
      batchNormInference(square, { gain: of(3), bias: of(3) }, { mean: of(3), variance: of(4) }),
    'BatchNormalization: a variance of [4] does not fit [1, 3, 4, 4].',
  ],
  ['a reshape', () => reshape(of(2, 3), [4]), 'Reshape: [2, 3] does not fill [4].'],
  ['an expansion', () => expand(of(2, 3), [2, 4]), 'Expand: [2, 3] cannot become [2, 4].'],
  ['a sum over no axis', () => reduceSum(of(2, 3), [2]), 'ReduceSum: [2, 3] has no axis 2.'],
  ['a mean over no axis', () => reduceMean(of(2, 3), [-1]), 'ReduceSum: [2, 3] has no axis -1.'],
  [
    'a transposition',
    () => transpose(of(2, 3), [0, 0]),
    'Transpose: [0, 0] is no order of the axes of [2, 3].',
  ],
  [
    'a slice',
    () => slice(of(2, 3), [{ axis: 1, start: 2, end: 4 }]),
    'Slice: [2, 3] has no 2 to 4 by 1 of axis 1.',
  ],
  [
    'a padding',
    () => pad(of(2, 3), [1], [0, 0]),
    'Pad: [1] and [0, 0] zeros do not fit around [2, 3].',
  ],
  [
    'a concatenation',
    () => concat([of(2, 3), of(3, 3)], 1),
    'Concat: [2, 3] and [3, 3] cannot be joined along axis 1.',
  ],
  ['a concatenation of nothing', () => concat([], 0), 'Concat: there is nothing to join.'],
  ['a split', () => split(of(2, 3), [1, 1], 1), 'Split: [2, 3] has no parts [1, 1] along axis 1.'],
  ['a gathering', () => gather(of(2, 3), integers([0]), 2), 'Gather: [2, 3] has no axis 2.'],
  [
    'a picking',
    () => pickPerRow(of(2, 3), integers([0, 1, 2])),
    'GatherElements: [2, 3] and [3] do not fit.',
  ],
  [
    'a cross-entropy',
    () => crossEntropyPerRow(of(2, 3), integers([0])),
    'GatherElements: [2, 3] and [1] do not fit.',
  ],
  ['a weighted mean', () => weightedMean(of(2), of(3)), 'weightedMean: [2] and [3] differ.'],
  [
    'a binary cross-entropy',
    () => binaryCrossEntropy(of(2, 3), of(3)),
    'binaryCrossEntropy: [2, 3] and [3] differ.',
  ],
  [
    'a pooling',
    () => averagePool(square, 3),
    'AveragePool: [1, 3, 4, 4] does not fall into squares of 3.',
  ],
  ['heads', () => splitHeads(of(2, 3, 4), 3), 'splitHeads: [2, 3, 4] does not fall into 3 heads.'],
  [
    'heads to join',
    () => joinHeads(of(2, 3, 4)),
    'Transpose: [0, 2, 1, 3] is no order of the axes of [2, 3, 4].',
  ],
  [
    'an attention',
    () => attention(of(1, 2, 3, 4), of(1, 2, 5, 3), of(1, 2, 5, 4)),
    'MatMul: [1, 2, 3, 4] and [1, 2, 5, 3] (transposed) do not fit.',
  ],
  [
    'an LSTM step',
    () =>
      lstmStep(
        of(2, 3),
        { hidden: of(2, 4), cell: of(2, 1) },
        { ofInput: of(3, 16), ofHidden: of(4, 16), bias: of(16) },
      ),
    'LSTM: input, hidden, cell and bias [2, 3], [2, 4], [2, 1], [16] do not fit.',
  ],
  ['a constant', () => constant([1, 2], [3]), 'constant: 2 values do not fill [3].'],
  ['integers', () => integers([1, 2], [3]), 'integers: 2 values do not fill [3].'],
  [
    'a loss that is no number',
    () => gradients(of(2), []),
    'gradients: the loss is [2]; it must be one number, [].',
  ],
  [
    'a parameter without influence',
    () => gradients(reduceSum(of(2)), [input('b', [3])]),
    'gradients: b [3] does not influence the loss.',
  ],
  [
    'a gradient through columns',
    () => {
      const table = of(2, 3)
      return gradients(reduceSum(gather(table, integers([0]), 1)), [table])
    },
    'Gather: there is a gradient for rows only, not for [2, 3].',
  ],
  [
    'a gradient through a slice with steps',
    () => {
      const a = of(5)
      return gradients(reduceSum(slice(a, [{ axis: 0, start: 0, end: 5, step: 2 }])), [a])
    },
    'Slice: there is no gradient through steps other than 1.',
  ],
  [
    'a gradient where there is none',
    () => {
      const x = of(1, 1, 2, 2)
      const one = constant([1], [1])
      const y = batchNormInference(x, { gain: one, bias: one }, { mean: one, variance: one })
      return gradients(reduceSum(y), [x])
    },
    'gradients: BatchNormalization has no gradient.',
  ],
])('%s that does not fit is named with its shapes', (_what, build, message) => {
  expect(build).toThrow(new GraphError(message))
})
