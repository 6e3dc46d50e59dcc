import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { extract, pack } from 'tar-stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backupDatabase, restoreDatabase } from '../src/backup/backup-database.ts'
import { readConfig } from '../src/config.ts'
import type { Db } from '../src/db/client.ts'
import { openDatabase } from '../src/db/open-database.ts'
import { createDatabase, makeImage, openWorld, until, upload, type World } from './world.ts'

let world: World
let folder: string
let file: string
let unfinished: string
const onNotice = (message: string) => expect.unreachable(message)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-backup-'))
  file = join(folder, 'all.tar')
  world = await openWorld()
  for (let i = 0; i < 3; i++) await post('/api/captions')
  await sql`insert into captioner_settings (organization_id, name, settings, sealed_key)
    values ('00000000-0000-7000-8000-000000000001', 'mine', ${JSON.stringify({ a: 'tab\t, \\ and ü' })}, '\\x00ff0a')`.execute(
    world.deps.db,
  )
  unfinished = (await post('/api/jobs/captions')).id
  await backupDatabase(world.config, file, { onNotice })
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

async function post(url: string) {
  const { headers, payload } = upload(await makeImage())
  return (await world.app.inject({ method: 'POST', url, headers, payload })).json()
}

const newConfig = async (name: string) =>
  readConfig({ DESCRY_DATA: join(folder, name), DATABASE_URL: await createDatabase() })

/** Every row of every table but those that processes keep for themselves. */
async function dump(db: Db): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace
    and relkind in ('r', 'p') and not relispartition and relname <> 'descry_migrations_lock' order by 1`.execute(
    db,
  )
  const entries = tables.map(async ({ name }) => {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(name)} as t order by 1`.execute(db)
    // The times at which migrations ran are the new database's own.
    return [name, rows.map(({ row }) => (name === 'descry_migrations' ? row.split(',')[0] : row))]
  })
  return Object.fromEntries(await Promise.all(entries))
}

test('an empty installation that a backup is restored into has the same rows and files', async () => {
  const config = await newConfig('restored')
  const restored = await restoreDatabase(config, file, { onNotice })
  expect(restored).toMatchObject({ blobs: 8, jobs: 1, sealedKeys: 1 })

  const database = await openDatabase(config, { onError: onNotice as never })
  expect(await dump(database.db)).toEqual(await dump(world.deps.db))
  await database.close()
  const files = await readdir(join(folder, 'restored/blobs'), { recursive: true })
  expect(files.filter((name) => name.includes('.'))).toHaveLength(8)
  for (const name of files.filter((one) => one.includes('.'))) {
    const original = await readFile(join(world.config.dataFolder, 'blobs', name))
    expect((await readFile(join(folder, 'restored/blobs', name))).equals(original)).toBe(true)
  }
})

test('a job that was waiting is done where it was restored', async () => {
  const config = await newConfig('worked')
  await restoreDatabase(config, file, { onNotice })
  const env = { DESCRY_DATA: config.dataFolder, DATABASE_URL: config.database.url ?? '' }
  const other = await openWorld({ env })
  const worker = await other.startWorker()
  await until(async () => {
    const job = (await other.app.inject({ url: `/api/jobs/${unfinished}` })).json()
    return job.status === 'done'
  })
  expect((await other.app.inject({ url: '/api/captions' })).json().items).toHaveLength(4)
  await post('/api/jobs/captions') // ids of events go on after the restored ones
  await worker.stop()
  await other.close()
})

test('what is written while the backup is made is in it whole, or not at all', async () => {
  let writing = true
  const written: string[] = []
  const writers = Array.from({ length: 3 }, async () => {
    while (writing) written.push((await post('/api/captions')).captions[0].id)
  })
  await until(async () => written.length > 3)
  const target = join(folder, 'busy.tar')
  await backupDatabase(world.config, target, { onNotice })
  writing = false
  await Promise.all(writers)
  const config = await newConfig('busy')
  await restoreDatabase(config, target, { onNotice }) // which compares every row
  const database = await openDatabase(config, { onError: onNotice as never })
  const { rows } = await sql`select from captions c left join images i on i.id = c.image_id
    where i.id is null`.execute(database.db)
  expect(rows).toEqual([])
  await database.close()
})

test('an installation that is in use is not restored into', async () => {
  await expect(restoreDatabase(world.config, file, { onNotice })).rejects.toThrow(
    /in use: .* has rows.*DESCRY_DATA/,
  )
})

test('a file that is there is not written over', async () => {
  await expect(backupDatabase(world.config, file, { onNotice })).rejects.toThrow('is there already')
})

test.each([
  ['cut off in the middle', cutAt(0.5), /no complete backup/],
  [
    'cut off before its end',
    async () => rewrite(({ name }) => name !== 'complete.json'),
    /complete\.json is missing/,
  ],
  ['something else', async () => Buffer.from('hello'.repeat(500)), /no complete backup/],
  [
    'changed in a row',
    async () => rewrite((entry) => replace(entry, 'a dog', 'a cat')),
    /the rows of \w+ in it are not those/,
  ],
  ['changed in a picture', async () => rewrite(flipPicture), /files of images/],
  [
    'made by a newer Descry',
    async () => rewrite((entry) => replace(entry, '0001_schema', '0999_later')),
    /newer Descry.*0999_later/,
  ],
  [
    'with a path that leaves the folder',
    async () => rewrite((entry) => rename(entry)),
    /it holds blobs\/\.\.\/x/,
  ],
])('a backup that is %s is refused, and no row is there', async (_name, make, message) => {
  const damaged = join(folder, 'damaged.tar')
  await writeFile(damaged, await make())
  const config = await newConfig('damaged')
  await expect(restoreDatabase(config, damaged, { onNotice })).rejects.toThrow(message)
  const database = await openDatabase(config, { onError: onNotice as never })
  const { rows } = await sql`select from pg_tables where tablename = 'images'`.execute(database.db)
  if (rows.length > 0) {
    expect(await database.db.selectFrom('images').selectAll().execute()).toEqual([])
  }
  await database.close()
})

type Entry = { name: string; content: Buffer }

function cutAt(share: number) {
  return async () => {
    const bytes = await readFile(file)
    return bytes.subarray(0, Math.floor(bytes.length * share))
  }
}

/** The backup with every entry as `change` leaves it; those it says false to are left out. */
async function rewrite(change: (entry: Entry) => boolean): Promise<Buffer> {
  const target = pack()
  const source = extract()
  source.end(await readFile(file))
  for await (const one of source) {
    const entry = { name: one.header.name, content: await buffer(one) }
    if (change(entry)) target.entry({ name: entry.name }, entry.content)
  }
  target.finalize()
  return buffer(target)
}

function replace(entry: Entry, from: string, to: string): boolean {
  entry.content = Buffer.from(entry.content.toString('latin1').replaceAll(from, to), 'latin1')
  return true
}

function flipPicture(entry: Entry): boolean {
  if (entry.name.startsWith('blobs/')) entry.content[20] = (entry.content[20] ?? 0) ^ 1
  return true
}

function rename(entry: Entry): boolean {
  if (entry.name.startsWith('blobs/')) entry.name = 'blobs/../x'
  return true
}
