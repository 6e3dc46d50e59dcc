import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFolderAtomically } from './write-folder-atomically.ts'

test.each([
  ['ENOSPC', /out was not written: the disk is full\. Make room/],
  ['EDQUOT', /the disk is full/],
  ['EACCES', /the system refused \(EACCES\)/],
])('%s becomes a sentence, and nothing is left', async (code, message) => {
  await using parent = await temporaryFolder()
  const failed = writeFolderAtomically(
    join(parent.path, 'out'),
    { replace: false },
    async (folder) => {
      await writeFile(join(folder, 'half'), 'x')
      throw Object.assign(new Error(code), { code, syscall: 'write' })
    },
  )
  await expect(failed).rejects.toMatchObject({
    name: 'DataError',
    message: expect.stringMatching(message),
  })
  expect(await readdir(parent.path)).toEqual([])
})

test('a folder that appeared meanwhile is not overwritten', async () => {
  await using parent = await temporaryFolder()
  const target = join(parent.path, 'out')
  const write = (name: string) => (folder: string) => writeFile(join(folder, name), 'x')
  const failed = writeFolderAtomically(target, { replace: false }, async () => {
    await writeFolderAtomically(target, { replace: false }, write('theirs'))
  })
  await expect(failed).rejects.toMatchObject({ name: 'DataError' })
  expect(await readdir(target)).toEqual(['theirs'])
  expect(await readdir(parent.path)).toEqual(['out'])
})

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'descry-whole-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
