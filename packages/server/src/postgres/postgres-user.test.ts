import { chown, lstat, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createCluster } from './create-cluster.ts'
import { startPostgres, stopPostgres } from './database-process.ts'
import { findBinaries } from './find-binaries.ts'
import { postgresPaths } from './postgres-paths.ts'
import { choosePostgresUser, inNamespace, unprivileged } from './postgres-user.ts'

const binaries = await findBinaries()
const isRoot = process.getuid?.() === 0

let paths: ReturnType<typeof postgresPaths>
beforeEach(async () => {
  const data = await mkdtemp(join(tmpdir(), 'descry-user-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  paths = postgresPaths(data)
  await mkdir(paths.folder, { mode: 0o700 })
})

test('whoever is not root runs Postgres as oneself', async () => {
  const user = await choosePostgresUser(paths, binaries, { uid: 1000 })
  expect(user.command('postgres', ['-D', 'x'])).toMatchObject({ file: 'postgres' })
})

test('a user without a name, where nothing else works, is told what Postgres wants', async () => {
  const candidates = [{ name: 'nameless', command: () => no }]
  await expect(choosePostgresUser(paths, binaries, { uid: 1234, candidates })).rejects.toThrow(
    /user 1234 has none.*DATABASE_URL/,
  )
})

test.skipIf(!isRoot)('a user without a name runs it in a namespace, where it has one', async () => {
  await chown(paths.folder, 12_345, 12_345)
  const candidates = [unprivileged(12_345), inNamespace(12_345)]
  const user = await choosePostgresUser(paths, binaries, { candidates })
  expect(user.name).toBe('nobody in a user namespace')
  await startAndStop(user)
  expect((await lstat(join(paths.cluster, 'PG_VERSION'))).uid).toBe(12_345)
})

test.skipIf(!isRoot)('root runs it in a namespace of its own, in a closed folder', async () => {
  const user = await choosePostgresUser(paths, binaries)
  expect(user.name).toBe('nobody in a user namespace')
  await startAndStop(user)
  expect((await lstat(join(paths.cluster, 'PG_VERSION'))).uid).toBe(0)
})

test.skipIf(!isRoot)(
  'where namespaces are forbidden, root runs it as the user who owns the folder, and back',
  async () => {
    const candidates = [{ ...inNamespace(0), command: () => no }, unprivileged(65534)]
    const user = await choosePostgresUser(paths, binaries, { candidates })
    expect(user.owner).toBe(65534)
    expect((await lstat(dirname(paths.folder))).mode & 0o777).toBe(0o711) // it was 0700
    await startAndStop(user)
    expect((await lstat(join(paths.cluster, 'PG_VERSION'))).uid).toBe(65534)

    await startAndStop(await choosePostgresUser(paths, binaries, { candidates: [inNamespace(0)] }))
    expect((await lstat(join(paths.cluster, 'PG_VERSION'))).uid).toBe(0)
  },
)

test.skipIf(!isRoot)('where nothing works, a sentence names the ways out', async () => {
  const candidates = [{ ...inNamespace(0), command: () => no }]
  await expect(choosePostgresUser(paths, binaries, { candidates })).rejects.toThrow(
    /refuses to run as root.*ordinary user.*DESCRY_DATA.*DATABASE_URL/,
  )
})

const no = { file: 'false', args: [], options: {} }

async function startAndStop(user: Awaited<ReturnType<typeof choosePostgresUser>>): Promise<void> {
  await createCluster(paths, { binaries, user })
  const launch = { paths, binaries, user, address: { host: paths.folder, port: 5432 } }
  await stopPostgres(await startPostgres(launch), paths)
}
