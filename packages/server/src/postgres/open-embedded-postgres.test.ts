import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type EmbeddedPostgres, openEmbeddedPostgres } from './open-embedded-postgres.ts'
import { postgresPaths } from './postgres-paths.ts'
import { findRunningPostgres, readPostmaster } from './postmaster-file.ts'
import { readSupervisorFile } from './supervisor-file.ts'

const base = await mkdtemp(join(tmpdir(), 'descry-embedded-'))
const template = join(base, 'template')
afterAll(() => rm(base, { recursive: true, force: true }))

/** Made once; `initdb` takes its time. */
beforeAll(async () => {
  const made = await openEmbeddedPostgres({
    dataFolder: template,
    version: '1',
    onNotice: expect.unreachable,
  })
  await query(made, 'create table notes (id int generated always as identity, text text)')
  await made.close()
})

let dataFolder: string
let notices: string[]
beforeEach(async () => {
  dataFolder = await mkdtemp(join(base, 'd-'))
  notices = []
  await cp(template, dataFolder, { recursive: true })
})

const paths = () => postgresPaths(dataFolder)
const running = () => findRunningPostgres(paths().cluster)

async function open({ version = '1', ...rest } = {}): Promise<EmbeddedPostgres> {
  const onNotice = (message: string) => notices.push(message)
  const postgres = await openEmbeddedPostgres({ dataFolder, version, onNotice, ...rest })
  onTestFinished(() => postgres.close())
  return postgres
}

async function query({ address }: EmbeddedPostgres, text: string) {
  const client = new pg.Client({ ...address, user: 'descry', database: 'postgres' })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

const write = (postgres: EmbeddedPostgres, text: string) =>
  query(postgres, `insert into notes (text) values ('${text}')`)
const read = async (postgres: EmbeddedPostgres) =>
  (await query(postgres, 'select text from notes order by id')).map(({ text }) => text)

/** Another process that uses it until it is killed. */
async function startUser() {
  const script = `
    import { openEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'open-embedded-postgres.ts'))}
    await openEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)}, version: '1', onNotice() {} })
    console.log('ready')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(child.stdout, 'data')
  return child
}

test('two processes share one Postgres; it ends when the last one is gone, also when that is killed', async () => {
  const other = await startUser()
  const { pid } = (await running())!
  const ours = await open()
  expect((await running())?.pid).toBe(pid)
  await ours.close()
  expect((await running())?.pid).toBe(pid)

  other.kill('SIGKILL')
  await expect.poll(running, { timeout: 10_000 }).toBeUndefined()
  await expect.poll(() => existsSync(paths().supervisor)).toBe(false)
  expect(await readPostmaster(paths().cluster)).toBeUndefined() // a clean end
})

test('what was committed is there after Postgres was killed, which is started again by itself', async () => {
  const postgres = await open()
  await write(postgres, 'kept')
  const { pid } = (await running())!
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => read(postgres).catch(String), { timeout: 15_000 }).toEqual(['kept'])
  expect((await running())?.pid).not.toBe(pid)
  expect(notices.join(' ')).toContain('ended unexpectedly')
})

test('a supervisor that was killed is replaced, and Postgres goes on without a break', async () => {
  const postgres = await open()
  const { pid } = (await running())!
  const before = (await readSupervisorFile(paths()))!
  process.kill(before.pid, 'SIGKILL')
  await expect
    .poll(async () => (await readSupervisorFile(paths()))?.pid, { timeout: 15_000 })
    .not.toBe(before.pid)
  await expect.poll(() => notices.join(), { timeout: 15_000 }).toContain('still running')
  expect((await running())?.pid).toBe(pid)
  await postgres.close()
  expect(await running()).toBeUndefined()
})

test('after a kill of all, and with the number in the file taken by another process, it recovers and says so', async () => {
  const user = await startUser()
  const postgres = await running()
  const supervisor = (await readSupervisorFile(paths()))!
  for (const pid of [supervisor.pid, postgres!.pid, user.pid!]) process.kill(pid, 'SIGKILL')
  const file = join(paths().cluster, 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/^\d+/, String(process.pid)))

  const again = await open()
  await write(again, 'here')
  expect(await read(again)).toEqual(['here'])
  expect(notices).toContain('Postgres was not stopped the last time; it has recovered.')
})

test('after a kill of all with an empty file, as a full disk leaves one, it starts and has lost nothing', async () => {
  const one = await open()
  await write(one, 'kept')
  const postgres = await running()
  const supervisor = (await readSupervisorFile(paths()))!
  for (const pid of [supervisor.pid, postgres!.pid]) process.kill(pid, 'SIGKILL')
  await writeFile(join(paths().cluster, 'postmaster.pid'), '')
  await one.close()

  const again = await open()
  expect(await read(again)).toEqual(['kept'])
})

test('a Postgres that cannot be seen, as in another container, is not started over', async () => {
  const socket = join(dataFolder, '.s.PGSQL.5432')
  const elsewhere = createServer().listen(socket)
  onTestFinished(() => void elsewhere.close())
  const stale = [1, paths().cluster, 0, 5432, dataFolder, '', '', 'ready'].join('\n')
  await writeFile(join(paths().cluster, 'postmaster.pid'), stale)
  await expect(open()).rejects.toThrow(/cannot see uses .*another container/)
  expect(await readFile(join(paths().cluster, 'postmaster.pid'), 'utf8')).toBe(stale)
}, 60_000)

test('many that start at once get one Postgres', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => open()))
  const starts = (await readFile(paths().log, 'utf8')).match(/starting PostgreSQL/g)
  expect(starts).toHaveLength(2) // and one when the template was made
  await Promise.all(all.map((one, number) => write(one, `${number}`)))
  await Promise.all(all.map((one) => one.close()))
  expect(await running()).toBeUndefined()
})

test('a process of another version is refused by name, and does no harm', async () => {
  const postgres = await open()
  await expect(open({ version: '2' })).rejects.toThrow(
    `${dataFolder} is in use by Descry 1, and this is Descry 2. Stop the one that runs first.`,
  )
  expect(await read(postgres)).toEqual([])
})

test('files of another major version are refused by name', async () => {
  await writeFile(join(paths().cluster, 'PG_VERSION'), '17\n')
  await expect(open()).rejects.toThrow(/written by Postgres 17.*Postgres 18.*descry backup/)
})

test('damaged files are told in the words of Postgres', async () => {
  await rm(join(paths().cluster, 'global'), { recursive: true })
  await expect(open()).rejects.toThrow(/Postgres ended while it started: .*pg_control.* log/)
}, 60_000)

test('a path too long for a socket works over the temporary folder', async () => {
  const long = join(dataFolder, 'long'.repeat(30))
  await mkdir(long)
  await cp(template, long, { recursive: true })
  dataFolder = long
  const postgres = await open()
  expect(postgres.address.host.startsWith(tmpdir())).toBe(true)
  expect(statSync(postgres.address.host).mode & 0o777).toBe(0o700)
  expect(await read(postgres)).toEqual([])
  await postgres.close()
  await rm(postgres.address.host, { recursive: true })
})

test('over loopback nobody comes in without the password', async () => {
  const postgres = await open({ port: 0 } as object)
  expect(postgres.address).toMatchObject({ host: '127.0.0.1', password: expect.any(String) })
  expect(await read(postgres)).toEqual([])
  const { host, port } = postgres.address
  const stranger = { ...postgres, address: { host, port, password: 'guess' } }
  await expect(read(stranger)).rejects.toThrow('password authentication failed')
})
