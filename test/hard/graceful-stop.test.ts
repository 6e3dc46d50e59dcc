import { expect, test } from 'vitest'
import { caption, getJob, submitJob } from './api.ts'
import { eventually } from './eventually.ts'
import { listenToEvents } from './listen-to-events.ts'
import { makeImage } from './make-image.ts'
import { startCaptioner } from './start-captioner.ts'
import { type Descry, makeFolder, startDescry } from './start-descry.ts'

const STOP_WITHIN_MS = 15_000

test.each([
  { captioner: 'quick', ms: 200 },
  { captioner: 'slow', ms: 30_000 },
])('a stop under load ends in time and loses no job (a $captioner captioner)', async ({ ms }) => {
  let pause = ms
  const captioner = await startCaptioner({ ms: () => pause })
  const env = {
    ...captioner.env,
    DESCRY_DATA: await makeFolder(),
    DESCRY_WORKER_CONCURRENCY: '4',
  }
  const server = await startDescry(env)
  const events = await listenToEvents(server.url) // a page that stays open must not keep us
  const waiting = caption(server.url, await makeImage(1_000_000)).catch(() => 'cut off')
  const load = submitUntilRefused(server)
  await eventually('jobs are in hand', async () => captioner.calls() >= 4, { withinMs: 10_000 })

  const asked = Date.now()
  const code = await server.stop()
  const took = Date.now() - asked
  const ids = await load
  await Promise.all([events.ended, waiting])

  expect(code).toBe(0)
  expect(took).toBeLessThan(STOP_WITHIN_MS)
  pause = 50
  const next = await startDescry(env)
  for (const id of ids) {
    const job = await eventually(`job ${id} ends`, () => ended(next, id), { withinMs: 30_000 })
    expect(job).toMatchObject({ status: 'done', interruptions: 0, error: null })
  }
  console.info(`stop (${ms} ms a caption): ${took} ms, ${ids.length} jobs, none lost`)
})

/** Four at once, until nobody answers any more; returns the ids that were acknowledged. */
async function submitUntilRefused({ url }: Descry): Promise<string[]> {
  const ids: string[] = []
  let number = 0
  const submitter = async () => {
    for (;;) {
      const answer = await submitJob(url, await makeImage(number++)).catch(() => undefined)
      if (answer?.status !== 202) return
      ids.push(answer.body.id)
    }
  }
  await Promise.all(Array.from({ length: 4 }, submitter))
  return ids
}

async function ended({ url }: Descry, id: string) {
  const job = await getJob(url, id)
  return (job.status === 'done' || job.status === 'failed') && job
}
