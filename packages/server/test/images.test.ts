import { mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { localCaller } from '../src/access/caller.ts'
import { readVerified } from '../src/blobs/read-verified.ts'
import { insertImage, lockImage } from '../src/db/images.ts'
import { LOCAL_ORGANIZATION } from '../src/db/tables.ts'
import { deleteOrphanedBlobs } from '../src/images/delete-orphaned-blobs.ts'
import { imageBlobs } from '../src/images/image-blobs.ts'
import { storeImage } from '../src/images/store-image.ts'
import { imageRow, makeImage, openWorld, until, upload, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const post = async (bytes: Uint8Array) => {
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/captions',
    ...upload(bytes),
  })
  expect(response.statusCode).toBe(200)
  return response.json().image
}

const get = (url: string) => world.app.inject({ url })

/** Files of blobs, as paths. */
async function listFiles(): Promise<string[]> {
  const folder = join(world.config.dataFolder, 'blobs')
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => name.includes('.')).map((name) => join(folder, name))
}

const flip = async (file: string) => {
  const bytes = await readFile(file)
  bytes[bytes.length >> 1]! ^= 1
  await writeFile(file, bytes)
}

test.each<[string, (file: string) => Promise<unknown>]>([
  ['missing', rm],
  ['empty', (file) => truncate(file, 0)],
  ['cut off', (file) => truncate(file, 20)],
  ['changed in a bit', flip],
  ['folders', (file) => rm(file).then(() => mkdir(join(file, 'inside'), { recursive: true }))],
])(
  'files that are %s are refused as damaged, and healed by the next upload',
  async (_name, damage) => {
    const picture = await makeImage()
    const { id, fileUrl, thumbnailUrl } = await post(picture)
    for (const file of await listFiles()) await damage(file)
    for (const url of [fileUrl, thumbnailUrl]) {
      const refused = await get(url)
      expect(refused.statusCode).toBe(404)
      expect(refused.json().error.code).toBe('damaged-image')
      expect(refused.json().error.message).toMatch(/damaged. Upload the image again/)
      expect(refused.headers['cache-control']).not.toMatch(/immutable/)
    }
    expect((await post(picture)).id).toBe(id)
    for (const url of [fileUrl, thumbnailUrl]) {
      const healed = await get(url)
      expect(healed.statusCode).toBe(200)
      expect((await sharp(healed.rawPayload).metadata()).width).toBe(32)
    }
  },
)

test('a damaged file is healed by the same pixels in another file, too', async () => {
  const picture = await makeImage()
  const { fileUrl, id } = await post(picture)
  for (const file of await listFiles()) await writeFile(file, 'x')
  const webp = await sharp(picture).webp({ lossless: true }).toBuffer()
  expect((await post(webp)).id).toBe(id)
  expect((await get(fileUrl)).statusCode).toBe(200)
})

test('a store that has addresses of its own is where browsers are sent', async () => {
  const { fileUrl } = await post(await makeImage())
  world.deps.blobs.signedUrl = async (key) => `https://blobs.example/${key}?signed`
  const response = await get(fileUrl)
  expect(response.statusCode).toBe(302)
  expect(response.headers.location).toMatch(/^https:\/\/blobs\.example\/.*\.png\?signed$/)
  expect(response.headers['cache-control']).toBe('no-store')
})

test('orphans are deleted once they are old; what a row names, and files of others, stay', async () => {
  await post(await makeImage())
  const kept = await listFiles()
  const folder = `${LOCAL_ORGANIZATION}/ab/${'ab'.repeat(32)}`
  const orphans = ['1', '2'].map((digit) => `${folder}/${digit.repeat(64)}.png`)
  for (const key of [...orphans, 'notes.txt']) await world.deps.blobs.write(key, Buffer.from('x'))
  for (const path of await listFiles())
    if (!path.includes('2222')) await utimes(path, new Date(0), new Date(0))

  const before = new Date(Date.now() - 60_000)
  expect(await deleteOrphanedBlobs(world.deps, { before })).toBe(1)
  const left = (await listFiles()).map((path) => path.split('/').at(-1))
  expect(left.sort()).toEqual(
    [...kept.map((path) => path.split('/').at(-1)), `${'2'.repeat(64)}.png`, 'notes.txt'].sort(),
  )
})

test('nothing is swept where there is no image at all: the rows may be lost', async () => {
  const key = `${LOCAL_ORGANIZATION}/ab/${'ab'.repeat(32)}/${'1'.repeat(64)}.png`
  await world.deps.blobs.write(key, Buffer.from('x'))
  expect(await deleteOrphanedBlobs(world.deps, { before: future() })).toBe(0)
  expect(await listFiles()).toHaveLength(1)
})

const future = () => new Date(Date.now() + 60_000)

test('files that are swept before their row is there are written again', async () => {
  const { blobs } = world.deps
  await post(await makeImage())
  const write = blobs.write
  const deleted: number[] = []
  blobs.write = async (key, content) => {
    await write(key, content)
    if (deleted.length === 2) return // file and thumbnail were both swept
    deleted.push(await deleteOrphanedBlobs(world.deps, { before: future() }))
  }
  const image = { bytes: await makeImage(), name: null }
  const { row } = await storeImage(localCaller('test'), world.deps, image)
  expect(deleted[0]).toBeGreaterThan(0)
  const { file, thumbnail } = imageBlobs(row)
  expect(await readVerified(blobs, file)).toBeDefined()
  expect(await readVerified(blobs, thumbnail)).toBeDefined()
})

test('a sweep that waits for an upload deletes nothing of it', async () => {
  const { db, blobs } = world.deps
  await post(await makeImage())
  const image = { ...imageRow('e'.repeat(64)), created_at: new Date() }
  const { key } = imageBlobs(image).file
  await blobs.write(key, Buffer.from('x'))
  const sweeping = await db.transaction().execute(async (tx) => {
    await lockImage(tx, { organizationId: LOCAL_ORGANIZATION, id: image.id })
    const sweep = deleteOrphanedBlobs(world.deps, { before: future() })
    await until(async () => {
      const waiting = await sql`select from pg_locks join pg_database d on d.oid = database
        where locktype = 'advisory' and not granted and datname = current_database()`.execute(tx)
      return waiting.rows.length > 0
    })
    await insertImage(tx, image)
    return { sweep }
  })
  expect(await sweeping.sweep).toBe(0)
  expect(await blobs.read(key).then((blob) => blob?.stream.destroy())).toBeDefined()
})

test('the data folder is for its owner only', async () => {
  await post(await makeImage())
  expect((await stat(world.config.dataFolder)).mode & 0o777).toBe(0o700)
})
