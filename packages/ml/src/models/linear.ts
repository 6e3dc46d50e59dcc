import { add } from '../graph/operators/arithmetic.ts'
import { matmul } from '../graph/operators/matmul.ts'
import type { Tensor } from '../graph/tensor.ts'
import { normal, type Parameters, ZEROS } from './parameters.ts'

/**
 * Makes a model's linear layers: x W + b over the last axis, [..., n] → [..., outputs], with the
 * parameters `name.weight` [n, outputs], which starts normal with the deviation, and `name.bias`.
 */
export const createLinear =
  (parameters: Parameters) =>
  (x: Tensor, name: string, outputs: number, deviation = 0.02): Tensor => {
    const shape = [x.shape.at(-1)!, outputs]
    const weight = parameters.trainable(`${name}.weight`, shape, normal(deviation))
    return add(matmul(x, weight), parameters.trainable(`${name}.bias`, [outputs], ZEROS))
  }
