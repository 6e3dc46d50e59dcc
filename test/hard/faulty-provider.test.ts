import { expect, test } from 'vitest'
import { seeded, startFaultyProvider } from '../../packages/server/test/faulty-provider.ts'
import {
  countEnded,
  expectGoodEnd,
  expectLimitsKept,
  fakeLocal,
  hasty,
  setFaultyUp,
  submitJobs,
} from '../../packages/server/test/faulty-run.ts'
import { openWorld } from '../../packages/server/test/world.ts'
import { eventually } from './eventually.ts'

const IMAGES = 500
const WORKERS = 16

test('500 jobs over a provider that fails in all ways, restarted twice, all end well', async () => {
  const seed = Number(process.env.DESCRY_TEST_SEED ?? Math.floor(Math.random() * 1e9))
  const provider = await startFaultyProvider({ random: seeded(seed), good: 0.5, ms: 20 })
  const local = fakeLocal(seeded(seed + 1))
  const world = await openWorld({
    embedded: true,
    captioners: [local],
    timing: hasty,
    env: { DESCRY_WORKER_CONCURRENCY: `${WORKERS}` },
  })
  await setFaultyUp(world, provider)
  await submitJobs(world, IMAGES)
  const begun = performance.now()
  const stops: number[][] = []
  for (const share of [1 / 3, 2 / 3]) {
    const worker = await world.startWorker(0)
    const some = share * IMAGES
    const far = async () => (await countEnded(world)) >= some
    await eventually(`${some} ended`, far, { withinMs: 120_000, everyMs: 100 })
    await worker.stop()
    stops.push([provider.asked.length, local.asked.length])
    await world.restart()
  }
  const worker = await world.startWorker()
  const all = async () => (await countEnded(world)) === IMAGES
  await eventually('all ended', all, { withinMs: 120_000 })
  await worker.stop()

  const { done, failed, jobs } = await expectGoodEnd(world, IMAGES)
  expect(jobs.every(({ interruptions }) => interruptions === 0)).toBe(true)
  const repeated = [provider, local].map(({ asked }, i) =>
    countRepeated(
      asked,
      stops.map((stop) => stop[i] ?? 0),
    ),
  )
  expect(Math.max(...repeated)).toBeLessThanOrEqual(stops.length * WORKERS)
  expectLimitsKept(provider, local)
  console.info(
    `faulty provider, seed ${seed}: ${done.length} captioned, ${failed.length} failed in ${Math.round((performance.now() - begun) / 1000)} s; ${provider.requests()} requests, ${provider.busiest()} at a time, ${provider.met.size} kinds of answers; ${local.asked.length} to the local one; pictures asked again after a restart: ${repeated.join(' and ')}`,
  )
  await world.close()
  await provider.close()
})

/** Of how many pictures there was a request before a stop, and one after it again. */
function countRepeated(asked: readonly string[], stops: readonly number[]): number {
  const counts = stops.map((stop, i) => {
    const before = new Set(asked.slice(0, stop))
    const after = new Set(asked.slice(stop, stops[i + 1]))
    return [...after].filter((one) => before.has(one)).length
  })
  return counts.reduce((sum, count) => sum + count, 0)
}
