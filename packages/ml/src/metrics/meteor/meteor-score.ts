import { CHUNKS, FIRST_MODULE, type MeteorStatistics, PER_MODULE } from './meteor-statistics.ts'

/**
 * METEOR of one image or, with summed statistics, of many:
 *
 *   P = Σ_i w_i (δ · content_i + (1 − δ) · function_i) / (δ · content + (1 − δ) · function)
 *       over the words of the hypothesis that module i matched, and all its words;  R likewise
 *   F = 1 / ((1 − α) / P + α / R)
 *   fragmentation = chunks / mean of the matched words of both;  0 if both are wholly one chunk
 *   METEOR = F · (1 − γ · fragmentation^β)
 *
 * with α = 0.85, β = 0.2, γ = 0.6, δ = 0.75 and w = 1, 0.6, 0.8, 0.6 for exact, stem, synonym and
 * paraphrase matches. Where nothing is matched, the score is 0.
 *
 * Source: Denkowski and Lavie 2014, "Meteor Universal: Language Specific Translation Evaluation for Any
 * Target Language"; the parameters are METEOR 1.5's for English, tuned to human rankings.
 */
export function scoreMeteor(statistics: MeteorStatistics): number {
  const precision = weighMatches(statistics, 0)
  const recall = weighMatches(statistics, 1)
  const mean = 1 / ((1 - ALPHA) / precision + ALPHA / recall)
  const matched = (statistics[CHUNKS + 1] + statistics[CHUNKS + 2]) / 2
  const fragmentation = isOneChunk(statistics) ? 0 : statistics[CHUNKS] / matched
  const score = mean * (1 - GAMMA * fragmentation ** BETA)
  return Number.isNaN(score) ? 0 : score
}

/**
 * Sums statistics over images. The one chunk of a perfect image is not counted, so that perfect images
 * cost a corpus nothing.
 */
export function addStatistics(sum: MeteorStatistics, image: MeteorStatistics): MeteorStatistics {
  const total = sum.map((value, i) => value + image[i])
  if (isOneChunk(image)) total[CHUNKS] -= image[CHUNKS]
  return total
}

const ALPHA = 0.85
const BETA = 0.2
const GAMMA = 0.6
const DELTA = 0.75
const MODULE_WEIGHTS = [1, 0.6, 0.8, 0.6]

/** Precision (side 0, the hypothesis) or recall (side 1, the reference). */
function weighMatches(statistics: MeteorStatistics, side: 0 | 1): number {
  const functionWords = statistics[2 + side]
  const contentWords = statistics[side] - functionWords
  let matched = 0
  for (const [module, weight] of MODULE_WEIGHTS.entries()) {
    const at = FIRST_MODULE + PER_MODULE * module + side
    matched += weight * weighWords(statistics[at], statistics[at + 2])
  }
  return matched / weighWords(contentWords, functionWords)
}

const weighWords = (content: number, functional: number) =>
  DELTA * content + (1 - DELTA) * functional

/** Is every word of both sentences matched, in one chunk? */
const isOneChunk = (statistics: MeteorStatistics) =>
  statistics[CHUNKS] === 1 &&
  statistics[CHUNKS + 1] === statistics[0] &&
  statistics[CHUNKS + 2] === statistics[1]
