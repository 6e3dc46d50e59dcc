import { growEach } from './grow-each.ts'
import type { Search } from './search.ts'

/** Always the most probable token, the lower id of equals. */
export const greedySearch = (end: number): Search => growEach(mostProbable, { end, count: 1 })

function mostProbable(logProbs: Float64Array): number {
  let best = 0
  for (let v = 1; v < logProbs.length; v++) if (logProbs[v] > logProbs[best]) best = v
  return best
}
