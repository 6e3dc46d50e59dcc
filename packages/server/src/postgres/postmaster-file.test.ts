import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import {
  disownStaleFile,
  findRunningPostgres,
  readPostmaster,
  removeEmptyFile,
} from './postmaster-file.ts'

let cluster: string
beforeEach(async () => {
  cluster = await mkdtemp(join(tmpdir(), 'descry-cluster-'))
  onTestFinished(() => rm(cluster, { recursive: true }))
})

const write = (pid: number) =>
  writeFile(
    join(cluster, 'postmaster.pid'),
    `${pid}\n${cluster}\n1764200000\n5432\n/tmp/x\n\n  1234  5\nready   \n`,
  )

test('the file says process, port, folder of the socket and status', async () => {
  await write(77)
  expect(await readPostmaster(cluster)).toEqual({
    pid: 77,
    port: 5432,
    socketFolder: '/tmp/x',
    status: 'ready',
  })
})

test.each(['', 'x', '0\n'])('a file of %j says nothing', async (text) => {
  await writeFile(join(cluster, 'postmaster.pid'), text)
  expect(await readPostmaster(cluster)).toBeUndefined()
})

test('a number that belongs to another process is no running Postgres', async () => {
  await write(process.pid)
  expect(await findRunningPostgres(cluster)).toBeUndefined()
  await write(2 ** 22 - 1)
  expect(await findRunningPostgres(cluster)).toBeUndefined()
})

test.each([
  [77, 42, '42'],
  [12345, 42, '   42'],
  [7, 12345, '12345'],
])(
  'a stale file of %i keeps all but the number, in the same place on the disk',
  async (pid, parent, first) => {
    await write(pid)
    const file = join(cluster, 'postmaster.pid')
    const [before, { ino }] = await Promise.all([readFile(file, 'utf8'), stat(file)])
    await disownStaleFile(cluster, parent)
    expect(await readFile(file, 'utf8')).toBe(before.replace(/^\d+/, first))
    expect((await stat(file)).ino).toBe(ino)
    expect((await readPostmaster(cluster))?.pid).toBe(parent)
  },
)

test('only a file that says nothing is removed', async () => {
  const file = join(cluster, 'postmaster.pid')
  await removeEmptyFile(cluster) // there is none
  await write(77)
  await removeEmptyFile(cluster)
  expect((await readPostmaster(cluster))?.pid).toBe(77)
  await writeFile(file, '')
  await removeEmptyFile(cluster)
  await expect(stat(file)).rejects.toThrow('ENOENT')
})
