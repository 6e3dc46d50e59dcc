import type { BeamMethod } from './decode-options.ts'
import { type Hypothesis, rankHypotheses } from './hypothesis.ts'
import {
  type Branch,
  endBranch,
  growBranch,
  isStuck,
  type NextLogProbs,
  type Search,
  scoreOf,
  stopBranch,
} from './search.ts'
import { createTopK } from './top-k.ts'

/**
 * Beam search: of all continuations of an image's open branches the `width` most probable stay open.
 *
 *   score = Σ log p(token) / length^lengthPenalty, where length counts generated tokens, the end too
 *
 * A branch ends if its end token is among the `width` best continuations. With `earlyStop` the search is
 * over once `width` have ended (`early_stopping=True` in Hugging Face's words); without, once no open
 * branch could come to a better score than the `count` best that ended (their `"never"`, and exact). Of
 * equal continuations the lower token goes first, then that of the better branch.
 * Source: Wu et al. 2016, "Google's Neural Machine Translation System", section 7, with the plain power
 * of the length in place of their ((5 + length) / 6)^α.
 */
export function beamSearch(
  { width, lengthPenalty = 1, count = 1, earlyStop = true }: BeamMethod,
  { end, maxLength }: { end: number; maxLength: number },
): Search {
  // Each branch offers at most one ending, so 2·width candidates always leave a full beam.
  const top = createTopK(2 * width)

  function isOver(open: Branch[], done: Hypothesis[]): boolean {
    if (earlyStop) return done.length >= width
    return done.length >= count && open.every((branch) => bound(branch) <= done[count - 1].score)
  }

  /** No score that grows from this branch is above: log p only falls, and length lies in between. */
  function bound({ total, tokens }: Branch): number {
    const soon = scoreOf(total, tokens.length + 1, lengthPenalty)
    return Math.max(soon, scoreOf(total, maxLength, lengthPenalty))
  }

  const stopStuck = (open: Branch[], next: NextLogProbs) =>
    open.filter((_, i) => isStuck(next[i])).map((branch) => stopBranch(branch, lengthPenalty))

  return {
    branches: 1,
    count,
    lengthPenalty,

    advance({ open, done }, next) {
      const grown: Branch[] = []
      const found = stopStuck(open, next)

      for (const [first, { total }] of open.entries())
        top.offer(next[first], { plus: total, stride: open.length, first })
      for (const [rank, key] of top.take().entries()) {
        const parent = key % open.length
        const token = Math.floor(key / open.length)
        const logProb = next[parent][token]
        if (token !== end && grown.length < width)
          grown.push(growBranch(open[parent], { token, logProb, parent }))
        else if (token === end && rank < width)
          found.push(endBranch(open[parent], logProb, lengthPenalty))
      }

      const best = rankHypotheses([...done, ...found]).slice(0, width)
      return { open: isOver(grown, best) ? [] : grown, done: best }
    },
  }
}
