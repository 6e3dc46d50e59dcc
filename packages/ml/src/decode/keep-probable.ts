import { createTopK } from './top-k.ts'

type Cut = { topK?: number | undefined; topP?: number | undefined }

/**
 * The tokens that may be drawn, most probable first, the lower id of equals first. Weights [V] are
 * probabilities up to a factor; a weight of 0 is never kept.
 *
 *   top-k  the k most probable tokens
 *   top-p  the nucleus: the fewest, most probable first, whose share of what top-k left is at least p
 *
 * Sources: Fan et al. 2018, "Hierarchical Neural Story Generation" (top-k); Holtzman et al. 2020, "The
 * Curious Case of Neural Text Degeneration" (top-p).
 */
export function keepProbable(weights: Float64Array, { topK, topP = 1 }: Cut): number[] {
  if (topK !== undefined) {
    const tokens = listGreatest(weights, topK)
    if (topP === 1) return tokens
    return findNucleus(weights, tokens, topP * sum(weights, tokens)) ?? tokens
  }

  const mass = topP * weights.reduce((total, weight) => total + weight, 0)
  for (let k = FIRST_GUESS; k < weights.length; k *= 4) {
    const nucleus = findNucleus(weights, listGreatest(weights, k), mass)
    if (nucleus) return nucleus
  }
  const tokens = listGreatest(weights, weights.length)
  return findNucleus(weights, tokens, mass) ?? tokens
}

/** A trained captioner's nucleus seldom has more tokens; if it has, more are looked at. */
const FIRST_GUESS = 64

/** The shortest beginning of the tokens that weighs as much as `mass`, if all of them do. */
function findNucleus(weights: Float64Array, tokens: number[], mass: number): number[] | undefined {
  let held = 0
  for (let size = 0; size < tokens.length; size++) {
    held += weights[tokens[size]]
    if (held >= mass) return tokens.slice(0, size + 1)
  }
  return undefined
}

function listGreatest(weights: Float64Array, k: number): number[] {
  const top = createTopK(k)
  top.offer(weights)
  return top.take().filter((token) => weights[token] > 0)
}

const sum = (weights: Float64Array, tokens: number[]) =>
  tokens.reduce((total, token) => total + weights[token], 0)
