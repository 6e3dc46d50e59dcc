import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { disownStaleFile, findRunningPostgres, readPostmaster } from './postmaster-file.ts'

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

test('a stale file keeps all but the number', async () => {
  await write(77)
  const before = await readFile(join(cluster, 'postmaster.pid'), 'utf8')
  await disownStaleFile(cluster, 42)
  const after = await readFile(join(cluster, 'postmaster.pid'), 'utf8')
  expect(after).toBe(before.replace(/^77/, '42'))
})
