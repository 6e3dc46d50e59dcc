import pino from 'pino'
import { expect, test } from 'vitest'
import { AppError } from '../src/errors.ts'
import { captionImage } from '../src/queue/jobs.ts'
import { attempt } from '../src/worker/attempt.ts'
import { captionImageHandler } from '../src/worker/caption-image.ts'
import { makeImage, openWorld, until, upload } from './world.ts'

test('a last attempt that could not even begin, since the database was away, leaves no job waiting for ever', async () => {
  const world = await openWorld()
  const form = upload(await makeImage())
  const response = await world.app.inject({ method: 'POST', url: '/api/jobs/captions', ...form })
  const { id } = response.json()
  const delivery = await until(async () => (await world.deps.queue.fetch(captionImage, 1))[0])
  const away = new AppError('database-unavailable', 'The database is away.')
  await attempt(
    { ...captionImageHandler, start: () => Promise.reject(away) },
    {
      deps: world.deps,
      workerId: id,
      delivery: { ...delivery, lastAttempt: true },
      signal: new AbortController().signal,
      log: pino({ level: 'silent' }),
    },
  )

  const worker = await world.startWorker()
  const ended = await until(
    async () => {
      const job = (await world.app.inject({ url: `/api/jobs/${id}` })).json()
      return ['done', 'failed'].includes(job.status) && job
    },
    { timeoutMs: 25_000 },
  )
  expect(ended.status).toBe('done') // the queue itself had attempts left
  await worker.stop()
  await world.close()
})
