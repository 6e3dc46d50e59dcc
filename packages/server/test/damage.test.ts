import { cp, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { localCaller } from '../src/access/caller.ts'
import { readConfig } from '../src/config.ts'
import { diagnose } from '../src/diagnose.ts'
import { storeImage } from '../src/images/store-image.ts'
import { allKinds } from '../src/job-list.ts'
import { openDeps } from '../src/open-deps.ts'
import { takeExclusiveLock } from '../src/postgres/exclusive-lock.ts'
import { toAppError } from '../src/to-app-error.ts'
import { makeImage } from './world.ts'

const base = await mkdtemp(join(tmpdir(), 'descry-damage-'))
const template = join(base, 'template')
let folder: string

const configOf = (DESCRY_DATA: string) => readConfig({ DESCRY_DATA, DESCRY_BUILTIN_MODEL: 'none' })

async function open(path = folder) {
  const onError = () => {}
  const opened = await openDeps(configOf(path), { kinds: allKinds, captioners: [], onError })
  onTestFinished(opened.close)
  return opened.deps
}

/** An installation with one image; `initdb` takes its time. */
beforeAll(async () => {
  const options = { kinds: allKinds, captioners: [], onError: () => {} }
  const { deps, close } = await openDeps(configOf(template), options)
  await storeImage(localCaller('test'), deps, { bytes: await makeImage(), name: 'a.png' })
  await close()
})
afterAll(() => rm(base, { recursive: true, force: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(base, 'd-'))
  await cp(template, folder, { recursive: true })
})

/** Every path with its size and time; what the supervisor keeps for itself comes and goes. */
async function listAll(): Promise<string[]> {
  const all = await readdir(folder, { recursive: true })
  const names = all.filter((name) => !/^postgres\/(lock|supervisor)|^postgres$/.test(name))
  const lines = names.map(async (name) => {
    const { size, mtimeMs } = await stat(join(folder, name))
    return `${name} ${size} ${mtimeMs}`
  })
  return (await Promise.all(lines)).sort()
}

const remove = (name: string) => () => rm(join(folder, name), { recursive: true })
const cut = (name: string, length: number) => () => truncate(join(folder, name), length)
const fill = (name: string, content: string | Uint8Array) => () =>
  writeFile(join(folder, name), content)
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))

/** What is left where the folder was a folder. */
const replaceByFile = (name: string) => async () => {
  await rm(join(folder, name), { recursive: true, force: true })
  await writeFile(join(folder, name), 'a file')
}

const control = 'postgres/data/global/pg_control'
const version = 'postgres/data/PG_VERSION'

test.each([
  [
    'the database is gone',
    remove('postgres/data'),
    /holds files of images, but the database is gone/,
  ],
  [
    'all of postgres is gone',
    remove('postgres'),
    /holds files of images, but the database is gone/,
  ],
  ['PG_VERSION is missing', remove(version), /PG_VERSION is missing/],
  ['PG_VERSION is empty', cut(version, 0), /PG_VERSION is empty/],
  ['PG_VERSION is garbage', fill(version, random(9)), /PG_VERSION is damaged/],
  ['PG_VERSION is of another version', fill(version, '17\n'), /written by Postgres 17/],
  ['the control file is missing', remove(control), /pg_control/],
  ['the control file is empty', cut(control, 0), /pg_control/],
  ['the control file is cut off', cut(control, 100), /pg_control/],
  [
    'the control file is random',
    fill(control, random(8192)),
    /control file|files are incompatible/,
  ],
  ['the settings of Postgres are gone', remove('postgres/data/postgresql.conf'), /configuration/],
  ['the log of changes is gone', remove('postgres/data/pg_wal'), /pg_wal/],
  ['blobs is a file', replaceByFile('blobs'), /blobs is a file, where a folder is needed/],
  ['tmp is a file', replaceByFile('tmp'), /tmp is a file, where a folder is needed/],
  ['postgres is a file', replaceByFile('postgres'), /postgres is a file, where a folder is needed/],
])(
  'where %s, start and doctor say so and what to do, and nothing is made anew',
  async (_kind, damage, cause) => {
    await damage()
    const before = await listAll()
    const findings = await diagnose(configOf(folder))
    const bad = findings.filter(({ ok }) => !ok).map(({ message }) => message)
    expect(bad.join('\n')).toMatch(cause)
    expect(await listAll()).toEqual(before)

    const error = await open().catch((reason: Error) => reason)
    expect(error).toMatchObject({ name: expect.stringMatching(/^(AppError|ConfigError)$/) })
    for (const { message } of [error as Error, { message: bad.join('\n') }]) {
      expect(message).toMatch(cause)
      expect(message).toContain(folder)
      expect(message).toMatch(/descry restore|Move it away|descry backup/)
    }
    const blobs = before.filter((line) => line.startsWith('blobs/'))
    expect(await listAll()).toEqual(expect.arrayContaining(blobs))
  },
  60_000,
)

test.each([
  ['the lock is garbage', fill('postgres/lock', random(5000))],
  ['the lock is half a page of text', fill('postgres/lock', 'text '.repeat(100))],
  ['the file of the supervisor is garbage', fill('postgres/supervisor.json', random(500))],
  ['the file of the supervisor names nothing', fill('postgres/supervisor.json', '{"socket":7}')],
  ['the pid file is garbage', fill('postgres/data/postmaster.pid', random(500))],
  ['the pid file is empty', fill('postgres/data/postmaster.pid', '')],
  ['the files of images are gone', remove('blobs')],
])(
  'where %s, nothing is lost with it: the start goes on',
  async (_kind, damage) => {
    await damage()
    const { db } = await open()
    expect(await db.selectFrom('images').select('id').execute()).toHaveLength(1)
  },
  60_000,
)

test.each([
  ['/proc/descry', /belongs to the system \(proc\)/],
  ['/proc/self/descry/data', /belongs to the system \(proc\)/],
  ['/sys/descry', /belongs to the system \(sysfs\)/],
  ['/dev/null/descry', /\/dev\/null is a file/],
])(
  'a data folder at %s ends the start at once, and the doctor says the same',
  async (path, cause) => {
    await expect(open(path)).rejects.toThrow(cause)
    const findings = await diagnose(configOf(path))
    expect(findings.find(({ name }) => name === 'data folder')).toMatchObject({
      ok: false,
      message: expect.stringMatching(cause),
    })
  },
)

/** Where Postgres keeps a table, within its folder. */
async function fileOf(table: string): Promise<string> {
  const options = { kinds: allKinds, captioners: [], onError: () => {} }
  const { deps, close } = await openDeps(configOf(folder), options)
  const { rows } = await sql<{ path: string }>`
    select pg_relation_filepath(${table}) as path`.execute(deps.db)
  await close()
  return rows[0]!.path
}

test('the doctor does not call a database ok whose lock is held by a Descry that does not answer', async () => {
  using _lock = takeExclusiveLock(join(folder, 'postgres/lock'), { waitMs: 0 })
  const findings = await diagnose(configOf(folder))
  expect(findings.find(({ name }) => name === 'database')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/postgres is in use by a Descry that does not answer .*Stop it/),
  })
})

test('random pages in a table are told as damage, by whoever reads them', async () => {
  const path = await fileOf('images')
  await writeFile(join(folder, 'postgres/data', path), random(8192))
  const deps = await open()
  const image = { bytes: await makeImage(), name: null }
  const failure = await storeImage(localCaller('test'), deps, image).catch((error) => error)
  expect(toAppError(failure)).toMatchObject({
    code: 'database-unavailable',
    retry: false,
    message: expect.stringMatching(/files of the database are damaged.*descry restore/),
  })
}, 60_000)
