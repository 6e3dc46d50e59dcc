import { createRandom, type Random } from '../random.ts'
import type { SampleMethod } from './decode-options.ts'
import { growEach } from './grow-each.ts'
import { keepProbable } from './keep-probable.ts'
import type { Search } from './search.ts'

/** Draws tokens, each image with a random stream of its own, which its samples share. */
export function sampleSearch(
  { seed, temperature = 1, topK, topP, count = 1 }: SampleMethod,
  { end, images }: { end: number; images: number },
): Search {
  const streams = Array.from({ length: images }, (_, image) => createRandom(seed + image))
  const isCut = topK !== undefined || (topP !== undefined && topP < 1)
  let weights = new Float64Array()
  let everyToken = new Int32Array()

  function choose(logProbs: Float64Array, image: number): number {
    if (weights.length !== logProbs.length) {
      weights = new Float64Array(logProbs.length)
      everyToken = Int32Array.from(logProbs.keys())
    }
    temper(logProbs, temperature, weights)
    const tokens = isCut ? keepProbable(weights, { topK, topP }) : everyToken
    return drawToken(weights, tokens, streams[image])
  }
  return growEach(choose, { end, count })
}

/** weights [V] = p^(1/temperature), up to a factor that makes the greatest 1. */
function temper(logProbs: Float64Array, temperature: number, weights: Float64Array): void {
  let greatest = -Infinity
  for (let v = 0; v < logProbs.length; v++) if (logProbs[v] > greatest) greatest = logProbs[v]
  for (let v = 0; v < logProbs.length; v++)
    weights[v] = Math.exp((logProbs[v] - greatest) / temperature)
}

/** One of the tokens, each as often as its weight says. A token of weight 0 is never drawn. */
function drawToken(weights: Float64Array, tokens: Iterable<number>, random: Random): number {
  let total = 0
  for (const token of tokens) total += weights[token]

  let rest = random() * total
  let last = 0
  for (const token of tokens) {
    if (weights[token] === 0) continue
    rest -= weights[token]
    if (rest < 0) return token
    last = token
  }
  return last // rounding left a crumb of the total
}
