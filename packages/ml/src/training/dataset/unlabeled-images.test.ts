import { chmod, mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quarters, teachingData } from '../../../test/teaching-data.ts'
import { toSharp } from '../../image/sample-pictures.ts'
import { describeOmitted, openUnlabeledImages } from './unlabeled-images.ts'

let sample: Awaited<ReturnType<typeof teachingData>>
beforeAll(async () => {
  sample = await teachingData(['train', 'dev', 'test', 'unused'])
})
afterAll(() => sample[Symbol.asyncDispose]())

const open = (from: string, onImage?: () => void) =>
  openUnlabeledImages(from, sample.data, { onImage })

function squareOf(index: number, { readPixels }: Awaited<ReturnType<typeof open>>): Uint8Array {
  const pixels = new Uint8Array(16 * 16 * 3)
  readPixels(index, pixels)
  return pixels
}

const pixelsOf = async (number: number) =>
  new Uint8Array(
    await (await import('sharp'))
      .default(await quarters(number))
      .raw()
      .toBuffer(),
  )

test('pictures of a folder and those below become squares of the dataset’s size, once', async () => {
  const from = await sample.folder('good', {
    'a.png': 20,
    'b.png': 21,
    'notes.txt': Buffer.from('x'),
  })
  await mkdir(join(from, 'deeper'))
  await writeFile(join(from, 'deeper/c.png'), await quarters(22))
  let decoded = 0
  const first = await open(from, () => decoded++)
  expect(first).toMatchObject({ count: 3, imageSize: 16, leftOut: { count: 0 } })
  expect(squareOf(1, first)).toEqual(await pixelsOf(21))
  expect(() => squareOf(3, first)).toThrow(RangeError)
  first.close()
  const again = await open(from, () => decoded++)
  expect(again.id).toBe(first.id)
  expect(decoded).toBe(3)
  again.close()
})

test('a picture that was replaced under its name is noticed', async () => {
  const from = await sample.folder('replaced', { 'a.png': 30 })
  const before = await open(from)
  await sample.folder('replaced', { 'a.png': 31 })
  const after = await open(from)
  expect(after.id).not.toBe(before.id)
  expect(squareOf(0, after)).not.toEqual(squareOf(0, before))
})

test('what cannot be read is counted and named, and so are pictures that are known; the rest goes on', async () => {
  const from = await sample.folder('partly', {
    'broken.png': (await quarters(40)).subarray(0, 60),
    'empty.jpg': new Uint8Array(),
    'good.png': 41,
    'of-dev.png': 1,
    'of-train.png': 0,
    'twice.png': 41,
    'unused.png': 3,
  })
  const pictures = await open(from)
  expect(pictures.count).toBe(2)
  expect(pictures.leftOut.byReason).toEqual({ 'image-unreadable': 2, 'known-picture': 3 })
  expect(describeOmitted(pictures)).toBe(
    `${from}: 2 pictures; left out 2 × image-unreadable (broken.png, empty.jpg), ` +
      '3 × known-picture (of-dev.png, of-train.png, twice.png).',
  )
})

test.skipIf(process.getuid?.() === 0)('a folder inside that cannot be read is named', async () => {
  const from = await sample.folder('locked', { 'a.png': 45 })
  await mkdir(join(from, 'closed'))
  await chmod(join(from, 'closed'), 0)
  expect((await open(from)).leftOut.byReason).toEqual({ 'folder-unreadable': 1 })
})

describe('refused is', () => {
  test.each(['no-such-folder', '0.png'])('%s, which is no folder', async (name) => {
    await expect(open(join(sample.root, name))).rejects.toThrow(
      /--unlabeled takes a folder of images/,
    )
  })

  test('a folder without a picture', async () => {
    const from = await sample.folder('text', { 'a.txt': Buffer.from('x') })
    await expect(open(from)).rejects.toThrow(/There is no image in .*text/)
  })

  test('a folder with nothing to learn from, and nothing is kept of it', async () => {
    const from = await sample.folder('nothing', { 'a.png': 0, 'b.png': Buffer.from('x') })
    const before = await readdir(join(sample.data.folder, 'also'))
    await expect(open(from)).rejects.toThrow(/No picture .*1 × image-unreadable/)
    expect(await readdir(join(sample.data.folder, 'also'))).toEqual(before)
  })

  test('a folder with pictures of the test split, by their pixels, and they are named', async () => {
    const other = await toSharp({ pixels: await pixelsOf(2), width: 16, height: 16 })
      .png({ compressionLevel: 0 })
      .toBuffer()
    const from = await sample.folder('leaky', { 'good.png': 50, 'copy.png': other })
    await expect(open(from)).rejects.toThrow(
      /leaky holds 1 of the pictures that .* is tested on: copy\.png \(2\.png\).*take them out/,
    )
    await rm(join(from, 'copy.png'))
    expect((await open(from)).count).toBe(1)
  })

  test('a folder with files of the test split, even if their pixels had become others', async () => {
    const from = await sample.folder('same-file', { 'good.png': 51, 'copy.png': 2 })
    const changed = {
      ...sample.data,
      readPixels: (_: number, into: Uint8Array) => void into.fill(7),
    }
    await expect(openUnlabeledImages(from, changed)).rejects.toThrow(/copy\.png \(2\.png\)/)
  })

  test('a cache that was cut off', async () => {
    const from = await sample.folder('cut', { 'a.png': 60 })
    const { folder } = await open(from)
    await truncate(join(folder, 'pixels.rgb'), 10)
    await expect(open(from)).rejects.toThrow(
      /has 10 bytes instead of 768\. Delete .*; it will be made again/,
    )
    await rm(folder, { recursive: true })
    expect((await open(from)).count).toBe(1)
  })
})
