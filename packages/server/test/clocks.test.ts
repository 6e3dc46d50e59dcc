import type { CaptionJob } from '@descry/contract'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LOCAL_ORGANIZATION } from '../src/db/tables.ts'
import { allKinds } from '../src/job-list.ts'
import { openDeps } from '../src/open-deps.ts'
import { makeImage, openWorld, until, upload, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const submit = async (): Promise<CaptionJob> => {
  const body = upload(await makeImage(), { styles: 'concise' })
  return (await world.app.inject({ method: 'POST', url: '/api/jobs/captions', ...body })).json()
}
const read = async (id: string): Promise<CaptionJob> =>
  (await world.app.inject({ url: `/api/jobs/${id}` })).json()
const done = (id: string) => until(async () => (await read(id)).status === 'done')

const DAYS = 24 * 3600 * 1000

/**
 * Rows are written by the clock of the database, which cannot be set here. What was written before a
 * jump is made to look so instead.
 */
const shift = (days: number) => sql`make_interval(days => ${days})`

test.each([-150, 150])(
  'a folder opens with a clock of %d days, and again with the right one',
  async (days) => {
    const { id } = await submit()
    const now = new Date(Date.now() + days * DAYS)
    const onError = (error: unknown) => expect.unreachable(String(error))
    const { close } = await openDeps(world.config, {
      kinds: allKinds,
      captioners: [],
      onError,
      now,
    })
    await close()
    await world.restart()
    const worker = await world.startWorker()
    await done(id)
    await worker.stop()
  },
)

test('a delivery that was written by a clock 150 days ahead is not waited for', async () => {
  const { id } = await submit()
  const { db } = world.deps
  await sql`update pgboss.job set start_after = now() + ${shift(150)} where name = 'caption'`.execute(
    db,
  )
  await sql`update jobs set run_after = now() + ${shift(150)}`.execute(db)
  const worker = await world.startWorker()
  await done(id)
  await worker.stop()
})

test('what waits is kept by the queue when the clock jumps ahead by 150 days', async () => {
  await submit()
  const { rows } = await sql<{ kept: boolean }>`
    select keep_until > now() + ${shift(150)} as kept from pgboss.job
    where name = 'caption'`.execute(world.deps.db)
  expect(rows).toEqual([{ kept: true }])
})

test.each([-150, 150])(
  'a worker that was seen %d days from now is gone, and its job is done by another',
  async (days) => {
    const { id } = await submit()
    const { db, queue } = world.deps
    const [delivery] = await queue.fetch('caption', 1)
    expect(delivery?.data).toMatchObject({ jobId: id })
    const { rows } = await sql<{ id: string }>`
    insert into workers (id, host, pid, running, seen_at)
    values (gen_random_uuid(), 'elsewhere', 1, 1, now() + ${shift(days)}) returning id`.execute(db)
    await sql`update jobs set status = 'processing', attempts = 1, worker_id = ${rows[0]!.id}
    where id = ${id}`.execute(db)
    expect((await world.app.inject({ url: '/api/health' })).json().workers).toEqual([])

    const worker = await world.startWorker()
    await done(id)
    await worker.stop()
  },
)

test('a fetched delivery of a clock 150 days ahead, which nobody holds, is delivered again', async () => {
  const { id } = await submit()
  const { db, queue } = world.deps
  await queue.fetch('caption', 1)
  await sql`update pgboss.job set started_on = now() + ${shift(150)} where name = 'caption'`.execute(
    db,
  )
  await sql`insert into workers (id, host, pid, running)
    values (gen_random_uuid(), 'elsewhere', 1, 1)`.execute(db)
  const worker = await world.startWorker()
  await done(id)
  await worker.stop()
})

test('a place at a captioner that was taken by a clock 150 days ahead is free again', async () => {
  const { db } = world.deps
  await db
    .insertInto('captioner_leases')
    .values({
      id: crypto.randomUUID(),
      organization_id: LOCAL_ORGANIZATION,
      captioner: 'fake',
      granted: true,
      created_at: new Date(Date.now() + 150 * DAYS),
      expires_at: new Date(Date.now() + 150 * DAYS + 30_000),
    })
    .execute()
  const worker = await world.startWorker()
  expect(await db.selectFrom('captioner_leases').selectAll().execute()).toEqual([])
  await worker.stop()
})
