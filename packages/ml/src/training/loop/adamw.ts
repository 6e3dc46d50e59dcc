export type AdamWOptions = {
  /** Of the running means of the gradient and of its square. */
  beta1: number
  beta2: number
  /** Share of a weight that a step with learning rate 1 takes away. */
  weightDecay: number
}

/** Running means of gradient and squared gradient, as long as the parameters. */
export type AdamWState = { step: number; means: Float32Array; squares: Float32Array }

/**
 * One step of AdamW, in place:
 *
 *   m = β₁ m + (1 − β₁) g;  v = β₂ v + (1 − β₂) g²
 *   p = p − rate · (m̂ / (√v̂ + ε) + decay · p),  m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ), ε = 1e-8
 *
 * Source: Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization".
 */
export const adamw = {
  init: (size: number): AdamWState => ({
    step: 0,
    means: new Float32Array(size),
    squares: new Float32Array(size),
  }),

  /**
   * `decays` says which parameters are decayed (1) and which not (0). `scale` is applied to the
   * gradients first.
   */
  update(
    state: AdamWState,
    parameters: Float32Array,
    gradients: Float32Array,
    { rate, scale, decays, options }: AdamWStep,
  ): AdamWState {
    const { beta1, beta2, weightDecay } = options
    const { means, squares } = state
    const step = state.step + 1
    const meanRate = rate / (1 - beta1 ** step)
    const squareRate = 1 / Math.sqrt(1 - beta2 ** step)
    const shrink = rate * weightDecay
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i]! * scale
      const mean = beta1 * means[i]! + (1 - beta1) * g
      const square = beta2 * squares[i]! + (1 - beta2) * g * g
      means[i] = mean
      squares[i] = square
      const p = parameters[i]!
      parameters[i] =
        p - (meanRate * mean) / (Math.sqrt(square) * squareRate + EPSILON) - shrink * decays[i]! * p
    }
    return { step, means, squares }
  },
}

type AdamWStep = { rate: number; scale: number; decays: Uint8Array; options: AdamWOptions }

const EPSILON = 1e-8

/** √Σ g² */
export function l2Norm(gradients: Float32Array): number {
  let sum = 0
  for (let i = 0; i < gradients.length; i++) sum += gradients[i]! * gradients[i]!
  return Math.sqrt(sum)
}

/** average = decay · average + (1 − decay) · values, in place: an exponential moving average. */
export function updateAverage(average: Float32Array, values: Float32Array, decay: number): void {
  for (let i = 0; i < average.length; i++) {
    average[i] = decay * average[i]! + (1 - decay) * values[i]!
  }
}
