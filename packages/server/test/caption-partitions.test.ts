import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { insertCaption } from '../src/db/captions.ts'
import type { Db } from '../src/db/client.ts'
import { LOCAL_ORGANIZATION } from '../src/db/tables.ts'
import { inTransaction } from '../src/db/transaction.ts'
import { diagnose } from '../src/diagnose.ts'
import { imageBlobs } from '../src/images/image-blobs.ts'
import { allKinds } from '../src/job-list.ts'
import { openDeps } from '../src/open-deps.ts'
import { createDatabase, imageRow } from './world.ts'

const DAY = 24 * 3600 * 1000
const TODAY = Date.UTC(2026, 10, 28)
const imageId = 'a'.repeat(64)

let config: ReturnType<typeof readConfig>
let errors: unknown[]
beforeEach(async () => {
  errors = []
  config = readConfig({
    DATABASE_URL: await createDatabase(),
    DESCRY_DATA: await mkdtemp(join(tmpdir(), 'descry-partitions-')),
    DESCRY_BUILTIN_MODEL: 'none',
  })
})
afterEach(async () => {
  await rm(config.dataFolder, { recursive: true, force: true })
  expect(errors).toEqual([])
})

/** One run of the server at that time by its clock, as far as the rows can tell. */
async function run(days: number, work: (db: Db) => Promise<void> = async () => {}) {
  const now = new Date(TODAY + days * DAY)
  const { deps, close } = await openDeps(config, {
    kinds: allKinds,
    now,
    onError: (error) => errors.push(error),
  })
  await work(deps.db).finally(close)
}

const addCaption = (days: number) => async (db: Db) => {
  await writeImageFile()
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('images')
      .values(imageRow(imageId))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await insertCaption(tx, {
      ...{ organization_id: LOCAL_ORGANIZATION, id: uuidv7({ msecs: TODAY + days * DAY }) },
      ...{ image_id: imageId, text: `day ${days}`, style: 'concise', captioner: 'fake', ms: 1 },
      ...{ recipe: 'r', settings: '{}', labels: '[]' },
    })
  })
}

/** A database that knows images, none of which has a file, would be told as a fault. */
async function writeImageFile(): Promise<void> {
  const row = { ...imageRow(imageId), created_at: new Date() }
  const file = join(config.dataFolder, 'blobs', imageBlobs(row).file.key)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, 'x')
}

/** Each caption with the partition that it is in. */
async function listPlaces(db: Db): Promise<string[]> {
  const { rows } = await sql<{ place: string }>`
    select text || ': ' || tableoid::regclass::text as place from captions order by id`.execute(db)
  return rows.map(({ place }) => place)
}

test.each([
  ['behind', -150, 'captions_2026_07'],
  ['ahead', 150, 'captions_2027_04'],
])('a clock 150 days %s at the first start, and right later', async (_name, days, month) => {
  await run(days, addCaption(days))
  await run(0, addCaption(0))
  await run(1, async (db) => {
    const places = [`day ${days}: ${month}`, 'day 0: captions_2026_11']
    expect((await listPlaces(db)).sort()).toEqual(places.sort())
  })
})

test.each([
  ['behind', -150, 'captions_2026_07'],
  ['ahead', 150, 'captions_2027_04'],
])(
  'a clock 150 days %s while the server runs: the next start moves the rows',
  async (_name, days, month) => {
    await run(0, async (db) => {
      await addCaption(days)(db)
      expect(await listPlaces(db)).toEqual([`day ${days}: captions_other`])
    })
    await run(days < 0 ? 0 : days, async (db) => {
      expect(await listPlaces(db)).toEqual([`day ${days}: ${month}`])
      const { rows } = await sql`select from captions where image_id = ${imageId}`.execute(db)
      expect(rows).toHaveLength(1)
    })
  },
)

test('a start whose partitions cannot be made says so and goes on; the next one makes them', async () => {
  await run(0, async (db) => {
    await addCaption(150)(db)
    await sql`alter function descry_make_captions_partition rename to descry_away`.execute(db)
  })
  await run(150, addCaption(151))
  expect(errors.splice(0).map(String)).toEqual(
    expect.arrayContaining([expect.stringMatching(/captions of 2027-04 could not be made/)]),
  )
  await run(150, (db) =>
    sql`alter function descry_away rename to descry_make_captions_partition`.execute(db).then(),
  )
  errors.splice(0)
  await run(150, async (db) => {
    expect(await listPlaces(db)).toEqual(['day 150: captions_2027_04', 'day 151: captions_2027_04'])
  })
})

test('the partitions are made by a start that a long transaction is in the way of, later', async () => {
  await run(0, async (db) => {
    await addCaption(150)(db)
    await db.transaction().execute(async (tx) => {
      await sql`lock table captions_other in access share mode`.execute(tx)
      await run(150)
    })
  })
  expect(errors.splice(0).map(String)).toEqual(
    expect.arrayContaining([expect.stringMatching(/lock timeout/)]),
  )
  await run(150, async (db) => {
    expect(await listPlaces(db)).toEqual(['day 150: captions_2027_04'])
  })
}, 60_000)

test('doctor reports captions in the default partition and changes nothing', async () => {
  const look = async () => (await diagnose(config)).find(({ name }) => name === 'database')
  await run(-150)
  expect(await look()).toMatchObject({ ok: false, message: expect.stringMatching(/no partition/) })
  await run(days(), async (db) => {
    await addCaption(-400)(db)
    const message = expect.stringMatching(/1 captions are in the default partition/)
    expect(await look()).toMatchObject({ ok: false, message })
    expect(await listPlaces(db)).toEqual(['day -400: captions_other'])
  })
  await run(days())
  expect(await look()).toMatchObject({ ok: true })
})

/** Days from TODAY to the clock that doctor reads. */
const days = () => Math.floor((Date.now() - TODAY) / DAY)
