import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaptionJob } from '@descry/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Worker } from '../src/worker/start-worker.ts'
import { makeImage, openWorld, until, upload, type World } from './world.ts'

/** Of a captioner in a row; then its breaker opens. */
const FAILURES = 3

let world: World
let worker: Worker
let asked = 0
beforeAll(async () => {
  const caption = async () => {
    asked += 1
    return { text: 'a dog on a beach' }
  }
  world = await openWorld({ captioner: { caption }, timing: { failures: FAILURES } })
})
afterAll(async () => {
  await worker.stop()
  await world.close()
})

const submit = async (picture: Buffer): Promise<CaptionJob> => {
  const body = upload(picture, { styles: 'concise' })
  return (await world.app.inject({ method: 'POST', url: '/api/jobs/captions', ...body })).json()
}
const ended = (id: string): Promise<CaptionJob> =>
  until(async () => {
    const job = (await world.app.inject({ url: `/api/jobs/${id}` })).json()
    return ['done', 'failed'].includes(job.status) && job
  })

async function removeFiles(): Promise<void> {
  const blobs = join(world.folder, 'blobs')
  for (const name of await readdir(blobs)) await rm(join(blobs, name), { recursive: true })
}

test('broken files fail their own pictures, at once and typed, and no other; the next upload heals them', async () => {
  const pictures = await Promise.all(Array.from({ length: 2 * FAILURES }, () => makeImage()))
  const jobs: CaptionJob[] = []
  for (const picture of pictures) jobs.push(await submit(picture))
  await removeFiles()
  worker = await world.startWorker()
  for (const { id } of jobs) {
    expect(await ended(id)).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: { code: 'damaged-image', message: expect.stringContaining('Upload the image again') },
    })
  }
  expect(asked).toBe(0)

  const other = await submit(await makeImage())
  expect(await ended(other.id)).toMatchObject({ status: 'done' })

  const [first] = jobs
  const healed = await world.app.inject({
    ...{ method: 'POST', url: '/api/captions' },
    ...upload(pictures[0]!, { styles: 'concise' }),
  })
  expect(healed.statusCode).toBe(200)
  await world.app.inject({ method: 'POST', url: `/api/jobs/${first!.id}/retry` })
  expect(await ended(first!.id)).toMatchObject({ status: 'done' })
})
