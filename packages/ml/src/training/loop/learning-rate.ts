/**
 * The learning rate of a step: up in a straight line over `warmup` steps, then down to `lowest` along
 * half a cosine. Steps count from 0.
 * Source: Loshchilov & Hutter 2017, "SGDR".
 */
export function learningRate(
  step: number,
  { highest, lowest, warmup, steps }: LearningRateOptions,
): number {
  if (step < warmup) return (highest * (step + 1)) / warmup
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - warmup))
  return lowest + ((highest - lowest) * (1 + Math.cos(Math.PI * progress))) / 2
}

export type LearningRateOptions = {
  highest: number
  lowest: number
  warmup: number
  /** In all. */
  steps: number
}
