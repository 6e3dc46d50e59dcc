import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { insertCaption } from '../src/db/captions.ts'
import { deleteOutdated } from '../src/db/delete-outdated.ts'
import { deleteFinishedJobs } from '../src/db/jobs.ts'
import { LOCAL_ORGANIZATION } from '../src/db/tables.ts'
import { inTransaction } from '../src/db/transaction.ts'
import { cleanUpAsOf } from '../src/maintenance/clean-up.ts'
import { imageRow, openWorld, type World } from './world.ts'

const DAY = 24 * 3600 * 1000
const OTHER = '00000000-0000-7000-8000-000000000002'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const cleanUp = (now = Date.now()) => cleanUpAsOf(now, world.deps, AbortSignal.timeout(20_000))

/** Jobs that ended so many days ago; null: it has not ended. */
async function addJobs(organizationId: string, ended: (number | null)[]) {
  await world.deps.db
    .insertInto('organizations')
    .values({ id: organizationId, name: 'somebody' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const jobs = ended.map((days) => ({
    ...{ organization_id: organizationId, id: uuidv7(), kind: 'caption', actor: 'test' as const },
    ...{ priority: 0, progress_total: 1, input: '{}', delivery_id: uuidv7() },
    ...(days !== null && {
      status: 'done' as const,
      finished_at: new Date(Date.now() - days * DAY),
    }),
  }))
  await world.deps.db.insertInto('jobs').values(jobs).execute()
}

async function countJobs(): Promise<Record<string, number>> {
  const rows = await world.deps.db.selectFrom('jobs').select('organization_id').execute()
  const counts: Record<string, number> = {}
  for (const { organization_id: id } of rows) counts[id] = (counts[id] ?? 0) + 1
  return counts
}

async function listPartitions(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'captions'::regclass order by 1`.execute(world.deps.db)
  return rows.map(({ name }) => name)
}

test('finished jobs that are old are deleted for every organization, the others stay', async () => {
  await addJobs(LOCAL_ORGANIZATION, [31, 31, 29, null])
  await addJobs(OTHER, [100, 1, null])
  await cleanUp()
  expect(await countJobs()).toEqual({ [LOCAL_ORGANIZATION]: 2, [OTHER]: 2 })
})

test('rows are deleted in batches, and a stop between two keeps what is done', async () => {
  await addJobs(LOCAL_ORGANIZATION, Array(25).fill(40))
  const sizes: number[] = []
  const stop = new AbortController()
  const work = deleteOutdated(
    world.deps.db,
    async (db, outdated) => {
      const count = await deleteFinishedJobs(db, outdated)
      sizes.push(count)
      if (sizes.length === 2) stop.abort(new Error('stopped'))
      return count
    },
    { before: new Date(), batchSize: 10, signal: stop.signal },
  )
  await expect(work).rejects.toThrow('stopped')
  expect(sizes).toEqual([10, 10])
  expect(await countJobs()).toEqual({ [LOCAL_ORGANIZATION]: 5 })
  await cleanUp()
  expect(await countJobs()).toEqual({})
})

test('only empty partitions of months that nobody needs are dropped', async () => {
  const now = Date.now()
  const old = new Date(now - 400 * DAY)
  const older = new Date(now - 500 * DAY)
  for (const month of [old, older])
    await sql`select descry_make_captions_partition(${month})`.execute(world.deps.db)
  await inTransaction(world.deps.db, async (tx) => {
    await tx
      .insertInto('images')
      .values(imageRow('a'.repeat(64)))
      .execute()
    await insertCaption(tx, {
      ...{ organization_id: LOCAL_ORGANIZATION, id: uuidv7({ msecs: old.getTime() }) },
      ...{ image_id: 'a'.repeat(64), text: 'old', style: 'concise', captioner: 'fake', ms: 1 },
      ...{ recipe: 'r', settings: '{}', labels: '[]' },
    })
  })
  const before = await listPartitions()
  await cleanUp(now)
  const name = `captions_${older.toISOString().slice(0, 7).replace('-', '_')}`
  expect(before).toContain(name)
  expect(await listPartitions()).toEqual(before.filter((one) => one !== name))
  expect(await world.deps.db.selectFrom('captions').select('text').execute()).toHaveLength(1)
})

test('a part that fails is told, and does not keep the others from being done', async () => {
  await addJobs(LOCAL_ORGANIZATION, [40])
  world.deps.blobs.deleteUnfinished = () => Promise.reject(new Error('the disk is gone'))
  await expect(cleanUp()).rejects.toMatchObject({ errors: [new Error('the disk is gone')] })
  expect(await countJobs()).toEqual({})
})

test('the clean-up of a month later makes the partitions of that time', async () => {
  const later = Date.now() + 150 * DAY
  await cleanUp(later)
  const month = new Date(later).toISOString().slice(0, 7).replace('-', '_')
  expect(await listPartitions()).toContain(`captions_${month}`)
})
