import { expect, test } from 'vitest'
import { seeded, startFaultyProvider } from './faulty-provider.ts'
import {
  countEnded,
  expectGoodEnd,
  expectLimitsKept,
  fakeLocal,
  hasty,
  setFaultyUp,
  submitJobs,
} from './faulty-run.ts'
import { openWorld, until } from './world.ts'

const IMAGES = 60

test('jobs over a provider that fails in all ways end with captions or typed failures', async () => {
  const provider = await startFaultyProvider({ random: seeded(7), good: 0.5, ms: 5 })
  const local = fakeLocal(seeded(8))
  const world = await openWorld({
    captioners: [local],
    timing: hasty,
    env: { DESCRY_WORKER_CONCURRENCY: '10' },
  })
  await setFaultyUp(world, provider)
  await submitJobs(world, IMAGES)
  const worker = await world.startWorker()
  await until(async () => (await countEnded(world)) === IMAGES, { timeoutMs: 25_000 })
  await worker.stop()
  const { done } = await expectGoodEnd(world, IMAGES)
  expect(done.length).toBeGreaterThan(IMAGES / 2)
  expectLimitsKept(provider, local)
  await world.close()
  await provider.close()
})
