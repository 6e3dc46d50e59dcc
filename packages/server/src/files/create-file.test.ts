import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFile } from './create-file.ts'

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-files-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('of many who create a file at once one does, and all read the same', async () => {
  const folder = await newFolder()
  const path = join(folder, 'a/secret.key')
  const temporaryFolder = join(folder, 'tmp')
  const read = async (_: unknown, number: number) => {
    await createFile(path, `content ${number}`, { temporaryFolder })
    return readFile(path, 'utf8')
  }
  const contents = await Promise.all(Array.from({ length: 20 }, read))
  expect(new Set(contents).size).toBe(1)
  expect(await readdir(temporaryFolder)).toEqual([])
})

test('the file and its folders are for their owner only', async () => {
  const folder = await newFolder()
  await createFile(join(folder, 'a/b/key'), 'k', { temporaryFolder: join(folder, 'tmp') })
  const modeOf = async (path: string) => (await stat(join(folder, path))).mode & 0o777
  expect(await modeOf('a/b/key')).toBe(0o600)
  for (const path of ['a', 'a/b', 'tmp']) expect(await modeOf(path)).toBe(0o700)
})

test('a file that cannot be written leaves nothing behind', async () => {
  const folder = await newFolder()
  const temporaryFolder = join(folder, 'tmp')
  const path = join(folder, `${'x'.repeat(300)}`)
  await expect(createFile(path, 'k', { temporaryFolder })).rejects.toThrow('ENAMETOOLONG')
  expect(await readdir(temporaryFolder)).toEqual([])
})
