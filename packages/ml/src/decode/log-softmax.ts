/**
 * Replaces logits [V] by log p = x − log Σ exp(x), the greatest taken out first so that nothing
 * overflows. All NaN if a logit is NaN or +∞, or if all are −∞: one look at any of them is enough.
 */
export function logSoftmax(logits: Float64Array): void {
  let greatest = -Infinity
  for (let v = 0; v < logits.length; v++) if (logits[v] > greatest) greatest = logits[v]

  let sum = 0
  for (let v = 0; v < logits.length; v++) sum += Math.exp(logits[v] - greatest)

  const logSum = greatest + Math.log(sum)
  for (let v = 0; v < logits.length; v++) logits[v] -= logSum
}
