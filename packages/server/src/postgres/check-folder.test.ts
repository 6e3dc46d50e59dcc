import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { checkFolder, findFolderWarning, refusePgliteFolder } from './check-folder.ts'

let data: string
let folder: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'descry-folder-'))
  folder = join(data, 'postgres')
  onTestFinished(() => rm(data, { recursive: true }))
})

test('a good folder is made for its owner alone, and nothing is left in it', async () => {
  await checkFolder({ folder })
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect(await readdir(folder)).toEqual([])
})

test.each([
  ['EROFS', 'the disk is read-only'],
  ['EINVAL', 'this kind of disk cannot do it'],
  ['EIO', 'the disk reports an error'],
])('a disk that answers %s to a sync is named: %s', async (code, meaning) => {
  const sync = () => Promise.reject(Object.assign(new Error(code), { code }))
  const check = checkFolder({ folder }, { sync })
  await expect(check).rejects.toThrow(`${folder} cannot sync files to disk: ${meaning}. Choose`)
  expect(await readdir(folder)).toEqual([])
})

test('a disk without permissions is named', async () => {
  const check = checkFolder({ folder }, { keepsPermissions: async () => false })
  await expect(check).rejects.toThrow(/chmod has no effect there.*DESCRY_DATA/)
})

test('a file in the way is named', async () => {
  await writeFile(join(data, 'file'), '')
  const check = checkFolder({ folder: join(data, 'file', 'postgres') })
  await expect(check).rejects.toThrow('a part of the path is a file')
})

test('a network disk is worth a warning, a local one is not', async () => {
  const nfs = await findFolderWarning(data, { typeOf: async () => 0x6969 })
  expect(nfs).toContain('on a network disk (NFS)')
  expect(await findFolderWarning(data, { typeOf: async () => 0xef53 })).toBeUndefined()
})

test('the PGlite database of an earlier Descry is refused by name', async () => {
  await refusePgliteFolder(data)
  await mkdir(join(data, 'database'))
  await writeFile(join(data, 'database', 'PG_VERSION'), '17')
  await expect(refusePgliteFolder(data)).rejects.toThrow(/PGlite database.*DESCRY_DATA/)
})
