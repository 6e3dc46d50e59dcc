import { DecodeError } from './decode-error.ts'
import type { Rules } from './decode-options.ts'
import { forbidTokens, penalizeRepeats } from './rules.ts'

type Place = { row: number; said: readonly number[]; image: number; time: number }

/**
 * Turns one row of a step's logits [rows, V] into what may follow, written to `into` [V]:
 *
 *   log p = log softmax(logits, repeats penalized), −∞ where a rule forbids the token
 *
 * The logits themselves stay as they are; they belong to the model.
 */
export function readLogProbs(
  logits: Float32Array,
  { row, said, image, time }: Place,
  { into, rules }: { into: Float64Array; rules: Rules & { end: number } },
): void {
  const V = into.length
  into.set(logits.subarray(row * V, (row + 1) * V))
  penalizeRepeats(into, said, rules.repetition?.penalty)
  logSoftmax(into)
  if (Number.isNaN(into[0]))
    throw new DecodeError(
      `The model's logits are not finite numbers at step ${time + 1} of image ${image} (images count from 0).`,
    )
  forbidTokens(into, said, rules)
}

/**
 * Replaces logits [V] by log p = x − log Σ exp(x), the greatest taken out first so that nothing
 * overflows. All NaN if a logit is NaN or +∞, or if all are −∞: one look at any of them is enough.
 */
function logSoftmax(logits: Float64Array): void {
  let greatest = -Infinity
  for (let v = 0; v < logits.length; v++) if (logits[v] > greatest) greatest = logits[v]

  let sum = 0
  for (let v = 0; v < logits.length; v++) sum += Math.exp(logits[v] - greatest)

  const logSum = greatest + Math.log(sum)
  for (let v = 0; v < logits.length; v++) logits[v] -= logSum
}
