import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { localCaller } from '../src/access/caller.ts'
import { readConfig } from '../src/config.ts'
import { imageBlobs } from '../src/images/image-blobs.ts'
import { storeImage } from '../src/images/store-image.ts'
import { type BlobFault, verifyData } from '../src/verify-data.ts'
import { makeImage, openWorld, type World } from './world.ts'

let world: World
let picture: Buffer
let key: string
const store = () =>
  storeImage(localCaller('test'), world.deps, { bytes: picture, name: 'holiday.png' })

beforeEach(async () => {
  world = await openWorld()
  picture = await makeImage()
  key = imageBlobs((await store()).row).file.key
})
afterEach(() => world.close())

async function verify() {
  const faults: BlobFault[] = []
  const onFault = async (fault: BlobFault) => void faults.push(fault)
  const counts = await verifyData(world.config, { onFault, onNotice: expect.unreachable })
  return { ...counts, found: faults }
}

const pathOf = (name: string) => join(world.folder, 'blobs', name)

async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path)
  bytes[bytes.length >> 1]! ^= 1
  await writeFile(path, bytes)
}

test('files that are as they were written are counted, and nothing is found', async () => {
  expect(await verify()).toEqual({ files: 2, faults: 0, found: [] })
})

test.each([
  ['missing', 'missing', () => rm(pathOf(key))],
  ['empty', 'changed', () => truncate(pathOf(key), 0)],
  ['cut off', 'changed', () => truncate(pathOf(key), 20)],
  ['changed in a bit', 'changed', () => flipByte(pathOf(key))],
])(
  'a file that is %s is named with its image, and healed as it says',
  async (_kind, state, damage) => {
    await damage()
    const { files, found } = await verify()
    expect(files).toBe(2)
    const action = expect.stringContaining('Upload the same picture again')
    expect(found).toEqual([
      { state, key, imageId: expect.any(String), names: ['holiday.png'], action },
    ])

    await store()
    expect(await verify()).toMatchObject({ files: 2, faults: 0 })
  },
)

test('files that no row names are told apart: left over, or not of Descry; none is touched', async () => {
  const orphan = key.replace(/[0-9a-f]{64}\.png$/, `${'1'.repeat(64)}.png`)
  await writeFile(pathOf(orphan), 'x')
  await writeFile(pathOf('notes.txt'), 'mine')
  const before = await readdir(pathOf('.'), { recursive: true })
  const { found } = await verify()
  expect(found.map((fault) => [fault.state, fault.key]).sort()).toEqual(
    [
      ['unknown', orphan],
      ['unknown', 'notes.txt'],
    ].sort(),
  )
  expect(found.find((fault) => fault.key === 'notes.txt')?.action).toContain('leaves it alone')
  expect(await readdir(pathOf('.'), { recursive: true })).toEqual(before)
})

test('where all rows are gone, every file is named, with the way to get the rows back', async () => {
  await sql`delete from image_names`.execute(world.deps.db)
  await sql`delete from images`.execute(world.deps.db)
  const { found } = await verify()
  expect(found).toHaveLength(2)
  expect(found[0]?.action).toContain('descry restore')
})

test('where all files are gone, every one is named, and a start says so', async () => {
  await rm(pathOf('.'), { recursive: true })
  expect((await verify()).found.map(({ state }) => state)).toEqual(['missing', 'missing'])
  await world.restart()
  expect(world.errors.map(String)).toEqual([expect.stringContaining('none of their files is in')])
})

test('a folder without a database is not made into one', async () => {
  const config = readConfig({ DESCRY_DATA: world.folder })
  await rm(pathOf('.'), { recursive: true })
  const options = { onFault: async () => {}, onNotice: () => {} }
  await expect(verifyData(config, options)).rejects.toThrow(/no database of Descry in .*nothing/)
  expect(await readdir(world.folder)).not.toContain('postgres')
})
