import type { Tensor } from '../tensor.ts'
import { scale } from './arithmetic.ts'
import { reduceSum } from './sum-and-expand.ts'

/** The mean over `axes` (default: all), which disappear unless `keep`. */
export function reduceMean(
  a: Tensor,
  axes: readonly number[] = [...a.shape.keys()],
  options: { keep?: boolean } = {},
): Tensor {
  const count = axes.reduce((product, axis) => product * (a.shape[axis] ?? 1), 1)
  return scale(reduceSum(a, axes, options), 1 / count)
}
