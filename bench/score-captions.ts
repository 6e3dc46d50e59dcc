import { loadMeteor, metricNames, scoreCaptions, tokenizePairs } from '@descry/ml/metrics'
import { makeCaptions } from './captions.ts'

// Its own process, so that its memory is only its own; prints JSON.
const images = makeCaptions(5000)
await scoreOnce(makeCaptions(200)) // the first calls find cold code
const started = performance.now()
await scoreOnce(images)
const ms = performance.now() - started
console.log(JSON.stringify({ ms, megabytes: process.resourceUsage().maxRSS / 1024 }))

async function scoreOnce(raw: ReturnType<typeof makeCaptions>): Promise<void> {
  const meteor = await loadMeteor()
  const scores = scoreCaptions(tokenizePairs(raw), { metrics: metricNames, meteor })
  if (!Number.isFinite(scores.corpus.METEOR)) throw new Error('METEOR is not a number.')
}
