import { apply, scalar, type Tensor } from '../tensor.ts'
import { add, divide, multiply, scale, subtract } from './arithmetic.ts'

/** max(a, 0) */
export const relu = (a: Tensor): Tensor =>
  apply(
    {
      operator: 'Relu',
      inputs: [a],
      gradient: ([g], { outputs: [y] }) => [multiply(g!, isPositive(y!))],
    },
    a.shape,
  )

/** 1 above zero, 0 elsewhere, as max(0, min(1, 10³⁰ a)): six times as fast as Sign, four as Greater. */
const isPositive = (a: Tensor): Tensor =>
  apply(
    {
      operator: 'HardSigmoid',
      inputs: [a],
      attributes: { alpha: { float: 1e30 }, beta: { float: 0 } },
    },
    a.shape,
  )

/**
 * a · Φ(a), Φ the standard normal distribution function; derivative Φ(a) + a φ(a).
 * Source: Hendrycks & Gimpel 2016, "Gaussian Error Linear Units".
 */
export const gelu = (a: Tensor): Tensor =>
  apply(
    {
      operator: 'Gelu',
      domain: 'com.microsoft',
      inputs: [a],
      gradient: ([g]) => {
        const distribution = scale(add(erf(scale(a, Math.SQRT1_2)), scalar(1)), 0.5)
        const density = scale(exp(scale(multiply(a, a), -0.5)), 1 / Math.sqrt(2 * Math.PI))
        return [multiply(g!, add(distribution, multiply(a, density)))]
      },
    },
    a.shape,
  )

export const sigmoid = (a: Tensor): Tensor =>
  apply(
    {
      operator: 'Sigmoid',
      inputs: [a],
      gradient: ([g], { outputs: [y] }) => [multiply(g!, multiply(y!, subtract(scalar(1), y!)))],
    },
    a.shape,
  )

export const tanh = (a: Tensor): Tensor =>
  apply(
    {
      operator: 'Tanh',
      inputs: [a],
      gradient: ([g], { outputs: [y] }) => [multiply(g!, subtract(scalar(1), multiply(y!, y!)))],
    },
    a.shape,
  )

export const exp = (a: Tensor): Tensor =>
  apply(
    { operator: 'Exp', inputs: [a], gradient: ([g], { outputs: [y] }) => [multiply(g!, y!)] },
    a.shape,
  )

/** Natural logarithm. */
export const log = (a: Tensor): Tensor =>
  apply({ operator: 'Log', inputs: [a], gradient: ([g]) => [divide(g!, a)] }, a.shape)

export const sqrt = (a: Tensor): Tensor =>
  apply(
    {
      operator: 'Sqrt',
      inputs: [a],
      gradient: ([g], { outputs: [y] }) => [divide(scale(g!, 0.5), y!)],
    },
    a.shape,
  )

/** ln(1 + eᵃ), without overflow. */
export const softplus = (a: Tensor): Tensor =>
  apply(
    { operator: 'Softplus', inputs: [a], gradient: ([g]) => [multiply(g!, sigmoid(a))] },
    a.shape,
  )

const erf = (a: Tensor): Tensor => apply({ operator: 'Erf', inputs: [a] }, a.shape)
