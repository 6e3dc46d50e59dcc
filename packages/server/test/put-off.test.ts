import { CaptionerFailure } from '@descry/captioners'
import type { CaptionJob } from '@descry/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Worker } from '../src/worker/start-worker.ts'
import { makeImage, openWorld, until, upload, type World } from './world.ts'

let world: World
let worker: Worker
let caption: () => Promise<{ text: string }>
beforeAll(async () => {
  world = await openWorld({
    captioner: { caption: () => caption() },
    env: { DESCRY_WORKER_CONCURRENCY: '1' },
  })
  worker = await world.startWorker()
})
afterAll(async () => {
  await worker.stop()
  await world.close()
})

const submit = async (fields: Record<string, string> = {}): Promise<CaptionJob> => {
  const body = upload(await makeImage(), { styles: 'concise', ...fields })
  return (await world.app.inject({ method: 'POST', url: '/api/jobs/captions', ...body })).json()
}
const read = async (id: string): Promise<CaptionJob> =>
  (await world.app.inject({ url: `/api/jobs/${id}` })).json()
const limited = (retryAfterMs: number) => async () => {
  throw new CaptionerFailure('rate-limited', 'Too many requests.', { retryAfterMs })
}

test('a job that a provider makes wait is put off: its worker is free at once, and it comes back by itself', async () => {
  caption = limited(60_000)
  const { id } = await submit()
  const waiting = await until(async () => {
    const job = await read(id)
    return job.runAfter !== null && job
  })
  expect(waiting).toMatchObject({ status: 'queued', error: { code: 'rate-limited' }, attempts: 1 })
  const seconds = (Date.parse(waiting.runAfter ?? '') - Date.now()) / 1000
  expect(seconds).toBeGreaterThan(50)

  caption = async () => ({ text: 'another one, meanwhile' })
  const other = await submit({ captioner: 'fake' })
  await until(async () => (await read(other.id)).status === 'done')
  await world.app.inject({ method: 'POST', url: `/api/jobs/${id}/cancel` })
  expect(await read(id)).toMatchObject({ status: 'canceled', runAfter: null })
})

test('a short wait is over without anybody doing something', async () => {
  caption = limited(700)
  const { id } = await submit()
  await until(async () => (await read(id)).runAfter !== null)
  caption = async () => ({ text: 'in the end' })
  const done = await until(async () => {
    const job = await read(id)
    return job.status === 'done' && job
  })
  expect(done).toMatchObject({ error: null, runAfter: null })
  expect(done.attempts).toBeGreaterThan(1)
})

test('the patience of a job ends it, with the reason of its last attempt', async () => {
  caption = limited(60_000)
  const { id } = await submit({ patienceSeconds: '30' })
  const failed = await until(async () => {
    const job = await read(id)
    return job.status === 'failed' && job
  })
  expect(failed).toMatchObject({ attempts: 1, error: { code: 'rate-limited' } })
})

test.each([-150, 150])(
  'a process whose clock is %d days off from that of the database puts off for as long as it is told',
  async (days) => {
    const now = Date.now()
    vi.spyOn(Date, 'now').mockImplementation(() => now + days * 24 * 3600 * 1000)
    caption = limited(60_000)
    const { id } = await submit()
    const waiting = await until(async () => {
      const job = await read(id)
      return (job.runAfter !== null || job.status === 'failed') && job
    })
    vi.restoreAllMocks()
    expect(waiting).toMatchObject({ status: 'queued', attempts: 1 })
    const seconds = (Date.parse(waiting.runAfter ?? '') - now) / 1000
    expect(seconds).toBeGreaterThan(30)
    expect(seconds).toBeLessThan(120)
    await world.app.inject({ method: 'POST', url: `/api/jobs/${id}/cancel` })
  },
)
