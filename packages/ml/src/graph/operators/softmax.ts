import { apply, type Tensor } from '../tensor.ts'
import { exp } from './activation.ts'
import { multiply, subtract } from './arithmetic.ts'
import { reduceSum } from './sum-and-expand.ts'

/** eᵃ / Σ eᵃ along the last axis; gradient y ∘ (g − Σ g ∘ y). */
export const softmax = (a: Tensor): Tensor =>
  apply(
    {
      operator: 'Softmax',
      inputs: [a],
      attributes: { axis: -1 },
      gradient: ([g], { outputs: [y] }) => {
        const weighted = multiply(g!, y!)
        return [subtract(weighted, multiply(y!, sumLast(weighted)))]
      },
    },
    a.shape,
  )

/** a − ln Σ eᵃ along the last axis; gradient g − softmax(a) Σ g. */
export const logSoftmax = (a: Tensor): Tensor =>
  apply(
    {
      operator: 'LogSoftmax',
      inputs: [a],
      attributes: { axis: -1 },
      gradient: ([g], { outputs: [y] }) => [subtract(g!, multiply(exp(y!), sumLast(g!)))],
    },
    a.shape,
  )

const sumLast = (a: Tensor): Tensor => reduceSum(a, [a.shape.length - 1], { keep: true })
