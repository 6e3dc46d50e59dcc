import { GraphError, sameShape, show, type Tensor } from '../tensor.ts'
import { sigmoid, tanh } from './activation.ts'
import { add, multiply } from './arithmetic.ts'
import { split } from './layout.ts'
import { matmul } from './matmul.ts'

/** Both [B, h]. */
export type LstmState = { hidden: Tensor; cell: Tensor }

/** One matrix for all four gates, in the order input, forget, output, candidate. */
export type LstmParameters = {
  /** [x, 4h] */
  ofInput: Tensor
  /** [h, 4h] */
  ofHidden: Tensor
  /** [4h] */
  bias: Tensor
}

/**
 * One step of a long short-term memory: x [B, x] and the state before → the state after.
 *
 *   i, f, o = σ(gates), g = tanh(gate);  cell = f ∘ cell + i ∘ g;  hidden = o ∘ tanh(cell)
 *
 * Source: Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000.
 */
export function lstmStep(x: Tensor, state: LstmState, parameters: LstmParameters): LstmState {
  const { ofInput, ofHidden, bias } = parameters
  const [B, h] = state.hidden.shape
  if (
    x.shape[0] !== B ||
    !sameShape(state.cell.shape, state.hidden.shape) ||
    !sameShape(bias.shape, [4 * h!])
  ) {
    const given = [x, state.hidden, state.cell, bias].map(({ shape }) => show(shape)).join(', ')
    throw new GraphError(`LSTM: input, hidden, cell and bias ${given} do not fit.`)
  }
  const gates = add(add(matmul(x, ofInput), matmul(state.hidden, ofHidden)), bias) // [B, 4h]
  const [input, forget, output, candidate] = split(gates, [h!, h!, h!, h!], 1)
  const cell = add(
    multiply(sigmoid(forget!), state.cell),
    multiply(sigmoid(input!), tanh(candidate!)),
  )
  return { hidden: multiply(sigmoid(output!), tanh(cell)), cell }
}
