import { randomUUID } from 'node:crypto'
import { CaptionerFailure } from '@descry/captioners'
import type { BatchJob, CaptionJob, Job, Page } from '@descry/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { countEndedItem } from '../src/db/batches.ts'
import type { Tx } from '../src/db/client.ts'
import { inTransaction } from '../src/db/transaction.ts'
import { closeAbandonedBatches } from '../src/jobs/batches.ts'
import type { Worker } from '../src/worker/start-worker.ts'
import { makeImage, openWorld, until, upload, type World } from './world.ts'

let world: World
let worker: Worker
let caption: (signal: AbortSignal) => Promise<{ text: string }>
beforeAll(async () => {
  world = await openWorld({ captioner: { caption: (_input, signal) => caption(signal) } })
  worker = await world.startWorker()
})
beforeEach(() => {
  caption = async () => ({ text: 'a dog on a beach' })
})
afterAll(async () => {
  await worker.stop()
  await world.close()
})

const inject = async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const response = await world.app.inject({ method, url, ...(payload && { payload }) })
  return { status: response.statusCode, body: response.json() }
}
const begin = async (images: number, more: object = {}): Promise<BatchJob> => {
  const { status, body } = await inject('POST', '/api/jobs/batches', { images, ...more })
  expect(status).toBe(202)
  return body
}
const add = async (batchId: string, fields: Record<string, string> = {}): Promise<CaptionJob> => {
  const body = upload(await makeImage(), { batchId, ...fields })
  return (await world.app.inject({ method: 'POST', url: '/api/jobs/captions', ...body })).json()
}
const read = async <Kind extends Job = BatchJob>(id: string): Promise<Kind> =>
  (await inject('GET', `/api/jobs/${id}`)).body
const list = async (query: string): Promise<Job[]> =>
  ((await inject('GET', `/api/jobs?${query}`)).body as Page<Job>).items
const ended = (id: string, status: Job['status'] = 'done') =>
  until(async () => ((await read(id)).status === status ? read(id) : undefined))
const untilSomebodyWaits = (tx: Tx) =>
  until(async () => {
    const waiting = sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    return (await waiting.execute(tx)).rows.length > 0
  })
const refuse = async () => {
  throw new CaptionerFailure('bad-key', 'The model answered 401.')
}
const hang = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason)),
  )

test('a batch counts its jobs, waits for all that were announced, and is one line in the list of jobs', async () => {
  const batch = await begin(3, { name: 'Holiday' })
  expect(batch).toMatchObject({ kind: 'batch', status: 'processing', name: 'Holiday', items: 0 })
  await add(batch.id)
  await until(async () => (await read(batch.id)).progress.done === 1)
  caption = refuse
  const bad = await add(batch.id)
  await until(async () => (await read(batch.id)).progress.done === 2)
  expect(await read(batch.id)).toMatchObject({
    status: 'processing',
    progress: { done: 2, failed: 1, total: 3 },
  })
  caption = async () => ({ text: 'a third' })
  await add(batch.id)
  expect(await ended(batch.id)).toMatchObject({
    items: 3,
    progress: { done: 3, failed: 1, total: 3 },
  })
  expect((await list('limit=100')).filter(({ parentId }) => parentId !== null)).toEqual([])
  expect(await list(`batchId=${batch.id}`)).toHaveLength(3)
  expect(await list(`batchId=${batch.id}&status=failed`)).toMatchObject([{ id: bad.id }])
})

test('the jobs of a batch can be read in the order of their uploads, from any of them on', async () => {
  const batch = await begin(4)
  const ids: string[] = []
  for (let i = 0; i < 4; i++) ids.push((await add(batch.id)).id)
  const read = async (query: string) =>
    (await list(`batchId=${batch.id}&${query}`)).map((job) => ids.indexOf(job.id))
  expect(await read('order=oldest')).toEqual([0, 1, 2, 3])
  expect(await read('order=oldest&offset=1&limit=2')).toEqual([1, 2])
  expect(await read(`order=oldest&cursor=${ids[1]}`)).toEqual([2, 3])
  expect(await read('offset=3')).toEqual([0])
  expect(await read('offset=4')).toEqual([])
  expect((await inject('GET', '/api/jobs?offset=-1')).body).toMatchObject({
    error: { code: 'invalid-input' },
  })
})

test('retrying a batch runs what failed again, and nothing else', async () => {
  const batch = await begin(2)
  const good = await add(batch.id)
  await until(async () => (await read<CaptionJob>(good.id)).status === 'done')
  caption = refuse
  await add(batch.id)
  await ended(batch.id)
  caption = async () => ({ text: 'now it works' })
  const { status, body } = await inject('POST', `/api/jobs/${batch.id}/retry`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'processing', progress: { done: 1, failed: 0 } })
  expect(await ended(batch.id)).toMatchObject({ progress: { done: 2, failed: 0, total: 2 } })
  expect(await read<CaptionJob>(good.id)).toMatchObject({ attempts: 1 })
})

test('a job of a batch that is retried alone opens the batch again', async () => {
  const batch = await begin(1)
  caption = refuse
  const { id } = await add(batch.id)
  expect(await ended(batch.id, 'failed')).toMatchObject({ progress: { done: 1, failed: 1 } })
  caption = hang
  await inject('POST', `/api/jobs/${id}/retry`)
  expect(await read(batch.id)).toMatchObject({ status: 'processing', finishedAt: null })
  await inject('POST', `/api/jobs/${id}/cancel`)
  expect(await read(batch.id)).toMatchObject({ progress: { done: 1, failed: 0 } })
})

test('canceling a batch cancels what is not finished, tells it once, and stops what runs', async () => {
  const batch = await begin(3)
  let running = 0
  let stopped = 0
  caption = (signal) => {
    running += 1
    return hang(signal).finally(() => {
      stopped += 1
    })
  }
  for (let i = 0; i < 3; i++) await add(batch.id)
  await until(async () => running > 0)
  const told: string[] = []
  const unsubscribe = world.deps.events.subscribe('all', (event) => {
    if (event.type === 'job' && event.data.status === 'canceled') told.push(event.data.id)
  })
  const { body } = await inject('POST', `/api/jobs/${batch.id}/cancel`)
  expect(body).toMatchObject({ status: 'canceled', progress: { done: 3, failed: 0, total: 3 } })
  await until(async () => stopped === running && told.length > 0)
  unsubscribe()
  expect(told).toEqual([batch.id])
  const late = await add(batch.id)
  expect(late).toMatchObject({ error: { code: 'conflict' } })
})

test('a batch whose uploads broke off can be closed, and is closed after a day', async () => {
  const [closed, abandoned, empty] = [await begin(5), await begin(5), await begin(5)]
  await add(closed.id)
  await add(abandoned.id)
  await until(async () => (await read(closed.id)).progress.done === 1)
  await until(async () => (await read(abandoned.id)).progress.done === 1)
  expect((await inject('POST', `/api/jobs/${closed.id}/close`)).body).toMatchObject({
    status: 'done',
    progress: { done: 1, total: 1 },
  })
  expect((await inject('POST', `/api/jobs/${closed.id}/close`)).status).toBe(409)

  await closeAbandonedBatches(world.deps, new Date(Date.now() - 60_000))
  expect(await read(abandoned.id)).toMatchObject({ status: 'processing' })
  await closeAbandonedBatches(world.deps, new Date(Date.now() + 60_000))
  expect(await read(abandoned.id)).toMatchObject({ status: 'done', progress: { total: 1 } })
  expect((await read(empty.id)).status).toBe('canceled')
})

test('a single job does not wait for the end of a batch, and two batches share the workers', async () => {
  const order: string[] = []
  const open: (() => void)[] = []
  caption = () => new Promise((resolve) => open.push(() => resolve({ text: 'in the way' })))
  const blockers = await begin(world.config.worker.concurrency)
  for (let i = 0; i < world.config.worker.concurrency; i++) await add(blockers.id)
  await until(async () => open.length === world.config.worker.concurrency)

  const [one, two] = [await begin(4), await begin(4)]
  for (let i = 0; i < 4; i++) await add(one.id)
  for (let i = 0; i < 4; i++) await add(two.id)
  const single: CaptionJob = (
    await world.app.inject({
      method: 'POST',
      url: '/api/jobs/captions',
      ...upload(await makeImage()),
    })
  ).json()
  const unsubscribe = world.deps.events.subscribe('all', (event) => {
    if (event.type === 'job' && event.data.status === 'processing' && event.data.kind !== 'batch')
      order.push(event.data.parentId ?? event.data.id)
  })
  caption = async () => ({ text: 'in order' })
  open.pop()?.() // one place, so that one job comes after the other
  await Promise.all([ended(one.id), ended(two.id)])
  await until(async () => order.length === 9)
  unsubscribe()
  const names = order.map((id) => ({ [one.id]: '1', [two.id]: '2', [single.id]: 's' })[id])
  expect(names.join('')).toMatch(/^[12s]{3}1212+/)
  expect(names.slice(0, 3)).toContain('s')
  for (const end of open) end()
  await ended(blockers.id)
})

test('a job that ends while its batch is being closed is counted', async () => {
  caption = hang
  const batch = await begin(3)
  const item = await add(batch.id)
  await until(async () => (await read<CaptionJob>(item.id)).status === 'processing')
  const locked = Promise.withResolvers<void>()
  const closing = locked.promise.then(() => inject('POST', `/api/jobs/${batch.id}/close`))
  await inTransaction(world.deps.db, async (tx) => {
    await tx.updateTable('jobs').set({ status: 'done' }).where('id', '=', item.id).execute()
    await countEndedItem(tx, batch.id, { failed: false })
    locked.resolve()
    await untilSomebodyWaits(tx)
  })
  expect((await closing).body).toMatchObject({ status: 'done', progress: { done: 1, total: 1 } })
})

test('a batch can be canceled while one of its jobs ends', async () => {
  caption = hang
  const batch = await begin(3)
  const [item, other] = [await add(batch.id), await add(batch.id)]
  await until(async () => (await read<CaptionJob>(item.id)).status === 'processing')
  const locked = Promise.withResolvers<void>()
  const canceling = locked.promise.then(() => inject('POST', `/api/jobs/${batch.id}/cancel`))
  await inTransaction(world.deps.db, async (tx) => {
    await tx.updateTable('jobs').set({ status: 'done' }).where('id', '=', item.id).execute()
    locked.resolve()
    await untilSomebodyWaits(tx)
    await countEndedItem(tx, batch.id, { failed: false })
  })
  expect(await canceling).toMatchObject({ status: 200, body: { status: 'canceled' } })
  expect((await read<CaptionJob>(item.id)).status).toBe('done')
  expect((await read<CaptionJob>(other.id)).status).toBe('canceled')
})

test('an item that is sent twice with one Idempotency-Key counts once', async () => {
  const batch = await begin(1)
  const body = upload(await makeImage(), { batchId: batch.id })
  const headers = { ...body.headers, 'idempotency-key': randomUUID() }
  const send = () =>
    world.app.inject({ ...body, method: 'POST', url: '/api/jobs/captions', headers })
  const [one, other] = await Promise.all([send(), send()])
  expect(one.json().id).toBe(other.json().id)
  expect(await ended(batch.id)).toMatchObject({ items: 1, progress: { done: 1, total: 1 } })
})

test('a batch that is not there, or of another kind, takes no jobs', async () => {
  expect(await add(randomUUID())).toMatchObject({ error: { code: 'not-found' } })
  const { id } = await add((await begin(1)).id)
  expect(await add(id)).toMatchObject({ error: { code: 'not-found' } })
  expect((await inject('POST', '/api/jobs/batches', { images: 0 })).status).toBe(400)
  const { body } = await inject('GET', `/api/jobs/${(await begin(1)).id}/result`)
  expect(body.error.code).toBe('unsupported-option')
})
