import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { folderBlobs } from './folder-blobs.ts'
import { openVerified, readVerified } from './read-verified.ts'

const KEY = 'somebody/ab/file.png'

async function openBlobs() {
  const folder = await mkdtemp(join(tmpdir(), 'descry-blobs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return { folder, blobs: folderBlobs(folder), path: join(folder, 'blobs', KEY) }
}

const recordOf = (content: Buffer) => ({
  key: KEY,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
})

test('what is written as bytes or as a stream is read whole, in part, and listed', async () => {
  const { blobs } = await openBlobs()
  await blobs.write(KEY, Buffer.from('0123456789'))
  const parts = async function* () {
    yield Buffer.from('abc')
    yield Buffer.from('def')
  }
  await blobs.write('other', parts())

  expect(await text((await blobs.read('other'))!.stream)).toBe('abcdef')
  const range = await blobs.read(KEY, { start: 2, end: 4 })
  expect(range?.bytes).toBe(10)
  expect(await text(range!.stream)).toBe('234')
  const listed: Record<string, number> = {}
  for await (const { key, bytes } of blobs.list()) listed[key] = bytes
  expect(listed).toEqual({ other: 6, [KEY]: 10 })
})

test('what is not there is not read, and may be deleted', async () => {
  const { blobs } = await openBlobs()
  expect(await blobs.read(KEY)).toBeUndefined()
  for await (const { key } of blobs.list()) expect.unreachable(key)
  await blobs.delete(KEY)
  await blobs.write(KEY, Buffer.from('x'))
  await blobs.delete(KEY)
  expect(await blobs.read(KEY)).toBeUndefined()
})

test('a source that fails leaves what was there, and nothing half-written', async () => {
  const { blobs, folder } = await openBlobs()
  await blobs.write(KEY, Buffer.from('whole'))
  const broken = async function* () {
    yield Buffer.from('ha')
    throw new Error('the sender went away')
  }
  await expect(blobs.write(KEY, broken())).rejects.toThrow('went away')
  expect(await text((await blobs.read(KEY))!.stream)).toBe('whole')
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})

test('a source that fails while the disk is slow to open its file leaves none behind', async () => {
  const { blobs, folder } = await openBlobs()
  const open = fs.open
  const slow = vi.spyOn(fs, 'open').mockImplementation(((...all: Parameters<typeof open>) => {
    setTimeout(() => open(...all), 50)
  }) as typeof open)
  const broken = async function* () {
    yield Buffer.from('ha')
    throw new Error('the sender went away')
  }
  await expect(blobs.write(KEY, broken())).rejects.toThrow('went away')
  await new Promise((resolve) => setTimeout(resolve, 150)) // whatever still opens a file has done so
  slow.mockRestore()
  expect(await readdir(join(folder, 'tmp'))).toEqual([])
})

test('blobs and their folders are for their owner only', async () => {
  const { blobs, folder, path } = await openBlobs()
  await blobs.write(KEY, Buffer.from('x'))
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  for (const name of ['tmp', 'blobs', 'blobs/somebody', 'blobs/somebody/ab'])
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o700)
})

test('what a crash left unfinished is deleted once it is old', async () => {
  const { blobs, folder } = await openBlobs()
  await mkdir(join(folder, 'tmp'))
  for (const name of ['old', 'new']) await writeFile(join(folder, 'tmp', name), 'half')
  await utimes(join(folder, 'tmp/old'), new Date(0), new Date(0))
  await blobs.deleteUnfinished(new Date(Date.now() - 1000))
  expect(await readdir(join(folder, 'tmp'))).toEqual(['new'])
})

const large = Buffer.alloc(300_000, 'descry')

test.each([
  ['empty', (path: string) => truncate(path, 0)],
  ['short', (path: string) => truncate(path, 299_999)],
  ['changed', (path: string) => writeFile(path, Buffer.from(large).fill('x', 150_000, 150_001))],
])('a blob that is %s is noticed', async (_name, damage) => {
  const { blobs, path } = await openBlobs()
  await blobs.write(KEY, large)
  expect((await readVerified(blobs, recordOf(large)))?.length).toBe(300_000)
  await damage(path)
  expect(await readVerified(blobs, recordOf(large))).toBeUndefined()
})

test('a blob that was changed fails before its last bytes are out', async () => {
  const { blobs } = await openBlobs()
  await blobs.write(KEY, large)
  const stream = await openVerified(blobs, { ...recordOf(large), sha256: '0'.repeat(64) })
  await expect(buffer(stream!)).rejects.toThrow(/somebody\/ab\/file.png is damaged/)
})
