export type Hypothesis = {
  /** Without start and end. */
  tokens: number[]
  /** log p of each token, and of the end token if it ended. */
  logProbs: number[]
  /** Σ logProbs / length^lengthPenalty, where length counts `logProbs`; the penalty is 1 outside beams. */
  score: number
  /** Whether the end token came, rather than the length limit or rules that allow no token at all. */
  ended: boolean
}

/** Best first; what was found earlier stays in front of its equals. */
export const rankHypotheses = (hypotheses: readonly Hypothesis[]): Hypothesis[] =>
  hypotheses.toSorted((a, b) => b.score - a.score)

/** Mean log p of a token, for a confidence: its exponential is the geometric mean of their probabilities. */
export function meanLogProb({ logProbs }: Hypothesis): number {
  let sum = 0
  for (const logProb of logProbs) sum += logProb
  return sum / logProbs.length
}
