import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open-database.ts'
import { allKinds } from '../src/job-list.ts'
import { openDeps } from '../src/open-deps.ts'
import { createDatabase, makeImage, openWorld, until, upload, type World } from './world.ts'

test('processes that start at once on an empty Postgres migrate it once, and all come up', async () => {
  const config = readConfig({
    DATABASE_URL: await createDatabase(),
    DESCRY_DATA: '/tmp/descry-start',
  })
  const onError = (error: unknown) => expect.unreachable(String(error))
  const opened = await Promise.all(
    Array.from({ length: 4 }, () => openDeps(config, { kinds: allKinds, onError })),
  )
  const { rows } = await sql`select name from descry_migrations`.execute(
    opened[0]?.deps.db as never,
  )
  expect(rows).toHaveLength(1)
  await Promise.all(opened.map(({ close }) => close()))
})

test('a migrated database is left alone', async () => {
  const config = readConfig({
    DATABASE_URL: await createDatabase(),
    DESCRY_DATA: '/tmp/descry-start',
  })
  const database = await openDatabase(config, { onError: () => {} })
  expect(await migrate(database.db)).toEqual(['0001_schema'])
  expect(await migrate(database.db)).toEqual([])
  await database.close()
})

describe('a whole server', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('the tables are as the code sees them', async () => {
    const { rows } = await sql<{ table: string; column: string; nullable: boolean }>`
      select table_name as table, column_name as column, is_nullable = 'YES' as nullable
      from information_schema.columns
      where table_schema = 'public' and table_name !~ '^(captions_|descry_)'
      order by 1, ordinal_position`.execute(world.deps.db)
    const tables = Object.groupBy(rows, ({ table }) => table)
    expect(
      Object.fromEntries(
        Object.entries(tables).map(([table, columns]) => [
          table,
          columns?.map(({ column, nullable }) => (nullable ? `${column}?` : column)),
        ]),
      ),
    ).toMatchSnapshot()
  })

  test('a caption lands in the partition of its month', async () => {
    const { headers, payload } = upload(await makeImage())
    await world.app.inject({ method: 'POST', url: '/api/captions', headers, payload })
    const { rows } = await sql<{ partition: string }>`
      select tableoid::regclass::text as partition from captions`.execute(world.deps.db)
    const month = new Date().toISOString().slice(0, 7).replace('-', '_')
    expect(rows.map(({ partition }) => partition)).toEqual([`captions_${month}`])
  })

  test('what a dead worker had in hand is done by the next one, and the job says so', async () => {
    const { headers, payload } = upload(await makeImage())
    const job = (
      await world.app.inject({ method: 'POST', url: '/api/jobs/captions', headers, payload })
    ).json()
    // A worker took it and was killed: the queue thinks it is being worked on, nobody reports.
    const [delivery] = await world.deps.queue.fetch('caption', 1)
    expect(delivery?.data).toMatchObject({ jobId: job.id })
    await sql`update jobs set status = 'processing', attempts = 1, worker_id = gen_random_uuid()
      where id = ${job.id}`.execute(world.deps.db)

    const worker = await world.startWorker()
    const done = await until(async () => {
      const now = (await world.app.inject({ url: `/api/jobs/${job.id}` })).json()
      return now.status === 'done' && now
    })
    expect(done).toMatchObject({ interruptions: 1, attempts: 2 })
    await worker.stop()
  })
})
