import type { Rules } from './decode-options.ts'

/**
 * Divides the positive logits of the tokens said so far by the penalty, and multiplies the negative ones.
 * Source: Keskar et al. 2019, "CTRL", section 4.1; the sign rule is that of its implementation.
 */
export function penalizeRepeats(logits: Float64Array, said: readonly number[], penalty = 1): void {
  if (penalty === 1) return
  for (const token of new Set(said))
    logits[token] = logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty
}

/**
 * Sets log p [V] to −∞ for tokens that must not follow those said. The others keep theirs: a caption does
 * not get more probable because its rivals are forbidden.
 */
export function forbidTokens(
  logProbs: Float64Array,
  said: readonly number[],
  { end, banned = [], minLength = 0, repetition = {} }: Rules & { end: number },
): void {
  for (const token of banned) logProbs[token] = -Infinity
  if (said.length < minLength) logProbs[end] = -Infinity
  if (repetition.noImmediate && said.length > 0) logProbs[said.at(-1)!] = -Infinity
  if (repetition.noRepeatNgram) forbidNgrams(logProbs, said, repetition.noRepeatNgram)
}

/** Wherever the last n − 1 tokens were said before, what followed them then must not follow now. */
function forbidNgrams(logProbs: Float64Array, said: readonly number[], n: number): void {
  const tail = said.length - (n - 1)
  for (let i = 0; i < tail; i++) {
    let same = 0
    while (same < n - 1 && said[i + same] === said[tail + same]) same++
    if (same === n - 1) logProbs[said[i + n - 1]] = -Infinity
  }
}
