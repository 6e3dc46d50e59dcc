import type { Tensor } from '../tensor.ts'
import { multiply } from './arithmetic.ts'

/**
 * x ∘ mask. The mask comes in from outside, 0 or 1/(1 − rate) an entry, so that a step can be repeated
 * bit for bit; without one nothing is dropped.
 */
export const dropout = (x: Tensor, mask: Tensor | undefined): Tensor =>
  mask ? multiply(x, mask) : x
