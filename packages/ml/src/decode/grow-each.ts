import { endBranch, growBranch, isStuck, type Progress, type Search, stopBranch } from './search.ts'

/** Picks one of the tokens of log p [V] that are not forbidden; there is at least one. */
export type Choose = (logProbs: Float64Array, image: number) => number

/** A search whose branches know nothing of each other: each takes the token chosen for it. */
export function growEach(choose: Choose, { end, count }: { end: number; count: number }): Search {
  const lengthPenalty = 1
  return {
    branches: count,
    count,
    lengthPenalty,

    advance({ open, done }, next, image) {
      const after: Progress = { open: [], done: [...done] }
      for (const [parent, branch] of open.entries()) {
        const logProbs = next[parent]
        const token = isStuck(logProbs) ? undefined : choose(logProbs, image)
        if (token === undefined) after.done.push(stopBranch(branch, lengthPenalty))
        else if (token === end) after.done.push(endBranch(branch, logProbs[token], lengthPenalty))
        else after.open.push(growBranch(branch, { token, logProb: logProbs[token], parent }))
      }
      return after
    },
  }
}
