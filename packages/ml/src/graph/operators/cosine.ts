import { scalar, type Tensor } from '../tensor.ts'
import { sqrt } from './activation.ts'
import { add, divide, multiply } from './arithmetic.ts'
import { reduceSum } from './sum-and-expand.ts'

/**
 * Cosine of the angle between vectors along the last axis, which disappears; both of the same shape:
 *
 *   Σ a b / √((Σ a² + ε) (Σ b² + ε))
 *
 * A vector of zeros has no direction: its cosine is 0, and ε keeps its gradient finite.
 */
export function cosine(a: Tensor, b: Tensor): Tensor {
  const last = [a.shape.length - 1]
  const product = reduceSum(multiply(a, b), last)
  const square = (x: Tensor) => add(reduceSum(multiply(x, x), last), scalar(EPSILON))
  return divide(product, sqrt(multiply(square(a), square(b))))
}

const EPSILON = 1e-6
