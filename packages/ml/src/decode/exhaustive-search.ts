import type { BeamMethod } from './decode-options.ts'
import type { Hypothesis } from './hypothesis.ts'
import { END, START, type Table } from './sample-models.ts'

/** Every caption there is of tokens that are not banned. */
export function listLeaves(table: Table, maxLength: number, banned: readonly number[]): Leaf[] {
  const grow = ({ tokens, logProbs }: Leaf): Leaf[] => {
    if (tokens.at(-1) === END || tokens.length === maxLength) return [{ tokens, logProbs }]
    return logProbsAfter(table, tokens.at(-1) ?? START).flatMap((logProb, token) =>
      banned.includes(token)
        ? []
        : grow({ tokens: [...tokens, token], logProbs: [...logProbs, logProb] }),
    )
  }
  return grow({ tokens: [], logProbs: [] })
}

/** Beam search of one image as a textbook has it: all continuations are made and sorted. */
export function searchExhaustively(
  table: Table,
  { width, lengthPenalty = 1, count = 1, earlyStop = true }: BeamMethod,
  maxLength: number,
): Hypothesis[] {
  const score = (total: number, length: number) => total / length ** lengthPenalty
  let open: Leaf[] = [{ tokens: [], logProbs: [] }]
  let ended: Hypothesis[] = []

  for (let time = 1; time <= maxLength && open.length > 0; time++) {
    const candidates = open
      .flatMap(({ tokens, logProbs }, parent) =>
        logProbsAfter(table, tokens.at(-1) ?? START).map((logProb, token) => {
          const leaf = { tokens: [...tokens, token], logProbs: [...logProbs, logProb] }
          return { ...leaf, token, parent, total: sum(leaf.logProbs) }
        }),
      )
      .sort((a, b) => b.total - a.total || a.token - b.token || a.parent - b.parent)

    const endings = candidates.slice(0, width).filter(({ token }) => token === END)
    ended.push(...endings.map((leaf) => toHypothesis(leaf, lengthPenalty)))
    ended = ended.sort(byScore).slice(0, width)
    open = candidates.filter(({ token }) => token !== END).slice(0, width)

    const lengths = Array.from({ length: maxLength }, (_, i) => i + 1).filter((n) => n > time)
    const hopes = open.flatMap(({ logProbs }) =>
      [time, ...lengths].map((n) => score(sum(logProbs), n)),
    )
    const isOver = earlyStop
      ? ended.length >= width
      : ended.length >= count && hopes.every((hope) => hope <= ended[count - 1].score)
    if (isOver) open = []
  }
  return [...ended, ...open.map((leaf) => toHypothesis(leaf, lengthPenalty))]
    .sort(byScore)
    .slice(0, count)
}

/** log p of the next token, in the same arithmetic as the decoder: of 32-bit logits, greatest first. */
function logProbsAfter(table: Table, token: number): number[] {
  const logits = [...Float32Array.from(table[token])]
  const greatest = Math.max(...logits)
  const logSum = greatest + Math.log(logits.reduce((sum, x) => sum + Math.exp(x - greatest), 0))
  return logits.map((x) => x - logSum)
}

export const byScore = (a: Hypothesis, b: Hypothesis) => b.score - a.score
const sum = (numbers: number[]) => numbers.reduce((total, x) => total + x, 0)

type Leaf = { tokens: number[]; logProbs: number[] }
export const toHypothesis = ({ tokens, logProbs }: Leaf, lengthPenalty: number): Hypothesis => ({
  tokens: tokens.filter((token) => token !== END),
  logProbs,
  score: sum(logProbs) / logProbs.length ** lengthPenalty,
  ended: tokens.at(-1) === END,
})
