import { DecodeError } from './decode-error.ts'
import type { Hypothesis } from './hypothesis.ts'

/** How a method looks for captions: what all images begin with, and how one image goes on. */
export type Search = {
  /** Branches that an image begins with. */
  branches: number
  /** Hypotheses it ends with, at most. */
  count: number
  lengthPenalty: number
  advance: (progress: Progress, next: NextLogProbs, image: number) => Progress
}

/** How far the search of one image has come. It is over when nothing is open. */
export type Progress = { open: Branch[]; done: Hypothesis[] }

/** A hypothesis that can still grow. */
export type Branch = {
  tokens: number[]
  logProbs: number[]
  /** Σ logProbs */
  total: number
  /** Its place among the open branches of the image one token ago. */
  parent: number
}

/** log p of what may follow each open branch of an image [open][V]; −∞ is forbidden. Valid during one `advance`. */
export type NextLogProbs = readonly Float64Array[]

export const seedling: Branch = { tokens: [], logProbs: [], total: 0, parent: 0 }

export const scoreOf = (total: number, length: number, lengthPenalty: number): number =>
  total / length ** lengthPenalty

/** Rules can forbid every token, the end token too. Looks no further than the first that is allowed. */
export const isStuck = (logProbs: Float64Array): boolean => logProbs.every((p) => p === -Infinity)

type Growth = { token: number; logProb: number; parent: number }

export const growBranch = (branch: Branch, { token, logProb, parent }: Growth): Branch => ({
  tokens: [...branch.tokens, token],
  logProbs: [...branch.logProbs, logProb],
  total: branch.total + logProb,
  parent,
})

export const endBranch = (branch: Branch, logProb: number, lengthPenalty: number): Hypothesis => ({
  tokens: branch.tokens,
  logProbs: [...branch.logProbs, logProb],
  score: scoreOf(branch.total + logProb, branch.logProbs.length + 1, lengthPenalty),
  ended: true,
})

/** A branch that may not grow any further, and has not ended. */
export function stopBranch(branch: Branch, lengthPenalty: number): Hypothesis {
  const { tokens, logProbs, total } = branch
  if (tokens.length === 0)
    throw new DecodeError('No token may come first: allow more of them in banned and minLength.')
  return { tokens, logProbs, score: scoreOf(total, tokens.length, lengthPenalty), ended: false }
}
