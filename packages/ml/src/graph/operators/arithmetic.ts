import { apply, type GradientRule, scalar, type Tensor } from '../tensor.ts'
import { broadcastShapes, sumToShape } from './sum-and-expand.ts'

/** a + b, element by element, broadcast. */
export const add = (a: Tensor, b: Tensor): Tensor =>
  binary('Add', a, b, ([g]) => [sumToShape(g!, a.shape), sumToShape(g!, b.shape)])

/** a − b, element by element, broadcast. */
export const subtract = (a: Tensor, b: Tensor): Tensor =>
  binary('Sub', a, b, ([g]) => [sumToShape(g!, a.shape), sumToShape(negate(g!), b.shape)])

/** a · b, element by element, broadcast. */
export const multiply = (a: Tensor, b: Tensor): Tensor =>
  binary('Mul', a, b, ([g]) => [
    sumToShape(multiply(g!, b), a.shape),
    sumToShape(multiply(g!, a), b.shape),
  ])

/** a / b, element by element, broadcast. */
export const divide = (a: Tensor, b: Tensor): Tensor =>
  binary('Div', a, b, ([g], { outputs: [quotient] }) => [
    sumToShape(divide(g!, b), a.shape),
    sumToShape(negate(divide(multiply(g!, quotient!), b)), b.shape),
  ])

/** −a */
export const negate = (a: Tensor): Tensor =>
  apply({ operator: 'Neg', inputs: [a], gradient: ([g]) => [negate(g!)] }, a.shape)

/** a · factor, a number */
export const scale = (a: Tensor, factor: number): Tensor =>
  factor === 1 ? a : multiply(a, scalar(factor))

function binary(operator: string, a: Tensor, b: Tensor, gradient: GradientRule): Tensor {
  const shape = broadcastShapes(operator, a.shape, b.shape)
  return apply({ operator, inputs: [a, b], gradient }, shape)
}
