import type { Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { decodeSquare } from '../decode-square.ts'
import { ImageError } from '../image-error.ts'
import { jpegMarker, listJpegSegments } from '../jpeg-segments.ts'
import { normalizeImage } from '../normalize-image.ts'
import { animation, flatPicture, noisePicture, samplePicture, toSharp } from '../sample-pictures.ts'

const limits = { maxBytes: 1e6, maxPixels: 1e6 }
const exif = { IFD0: { Copyright: 'X'.repeat(200) } }

const kinds: Record<string, (picture: Sharp) => Sharp> = {
  jpeg: (picture) => picture.jpeg(),
  'JPEG without subsampling': (picture) => picture.jpeg({ chromaSubsampling: '4:4:4' }),
  'progressive JPEG': (picture) => picture.jpeg({ progressive: true }),
  png: (picture) => picture.png(),
  'interlaced PNG': (picture) => picture.png({ progressive: true }),
  gif: (picture) => picture.gif(),
  webp: (picture) => picture.webp(),
  'lossless WebP': (picture) => picture.webp({ lossless: true }),
  'WebP with metadata behind': (picture) => picture.withExif(exif).webp(),
  avif: (picture) => picture.avif({ effort: 0 }),
}

const pictures = [samplePicture(61, 43), noisePicture(61, 43), flatPicture([255, 255, 255], 61, 43)]

const filesOf = (kind: string) =>
  Promise.all(pictures.map((picture) => kinds[kind]!(toSharp(picture)).toBuffer()))

test.each(Object.keys(kinds))(
  'wherever a file is cut, its pixels are those of the whole one, or it is corrupt: %s',
  async (kind) => {
    for (const file of await filesOf(kind)) {
      const { id } = await normalizeImage(file, limits)
      const square = await decodeSquare(file, { size: 16, maxPixels: 1e6 })
      const cuts = [...Array(24).keys(), 40, 60, 100].filter((cut) => cut < file.length - 32)
      for (const cut of [...cuts, Math.floor(file.length / 2)]) {
        const part = file.subarray(0, file.length - cut)
        const image = await normalizeImage(part, limits).catch(orImageError)
        expect([id, 'corrupt-image'], `cut by ${cut}`).toContain(image.id ?? image.code)
        const again = await decodeSquare(part, { size: 16, maxPixels: 1e6 }).catch(orImageError)
        if (!(again instanceof ImageError)) expect(again).toEqual(square)
      }
    }
  },
)

function orImageError(error: unknown) {
  if (error instanceof ImageError) return Object.assign(error, { id: undefined })
  throw error
}

test.each([
  ['jpeg', 2],
  ['progressive JPEG', 2],
  ['png', 16],
  ['interlaced PNG', 12],
  ['gif', 2],
  ['WebP with metadata behind', 100],
])(
  'a %s that lacks %d bytes behind its pixels is whole, and is kept with an end',
  async (kind, cut) => {
    for (const file of await filesOf(kind)) {
      const image = await normalizeImage(file.subarray(0, -cut), limits)
      expect(image.id).toBe((await normalizeImage(file, limits)).id)
      expect((await normalizeImage(image.file, limits)).id).toBe(image.id)
    }
  },
)

test.each(['jpeg', 'JPEG without subsampling', 'progressive JPEG', 'png', 'interlaced PNG'])(
  'zeros in place of the rest of a %s are no data',
  async (kind) => {
    for (const file of await filesOf(kind)) {
      const { id } = await normalizeImage(file, limits)
      for (const cut of [2, 3, 8, 30, 100].filter((length) => length < file.length / 2)) {
        const padded = Buffer.concat([file.subarray(0, -cut), Buffer.alloc(cut)])
        const image = await normalizeImage(padded, limits).catch(orImageError)
        expect([id, 'corrupt-image'], `${cut} zeros`).toContain(image.id ?? image.code)
      }
    }
  },
)

test('a damaged file waits for its turn like any other before it is decoded', async () => {
  const file = await toSharp(noisePicture(61, 43)).jpeg().toBuffer()
  const beforeDecoding = async (pixels: number) => {
    throw new Error(`no turn for ${pixels} pixels`)
  }
  for (const cut of [2, 100]) {
    const image = normalizeImage(file.subarray(0, -cut), limits, { beforeDecoding })
    await expect(image).rejects.toThrow('no turn for 2623 pixels')
  }
})

test('a progressive JPEG without its last scans is cut, wherever', async () => {
  const file = await toSharp(samplePicture(61, 43)).jpeg({ progressive: true }).toBuffer()
  const scans = [...listJpegSegments(file)].filter(({ code }) => code === jpegMarker.scan)
  for (const { coded } of scans.slice(0, -1)) {
    const end = coded.byteOffset - file.byteOffset + coded.length
    await expect(normalizeImage(file.subarray(0, end), limits)).rejects.toMatchObject({
      code: 'corrupt-image',
    })
  }
})

test('an animation whose later pictures are cut shows its first one', async () => {
  const file = await animation().gif().toBuffer()
  const { id } = await normalizeImage(file, limits)
  expect((await normalizeImage(file.subarray(0, -20), limits)).id).toBe(id)
})

test('a GIF with less data than pixels is corrupt, though it ends as it should', async () => {
  const file = await toSharp(samplePicture(61, 43)).gif().toBuffer()
  const short = Buffer.concat([file.subarray(0, -600), Buffer.of(0, 0x3b)])
  await expect(normalizeImage(short, limits)).rejects.toMatchObject({ code: 'corrupt-image' })
})

test('pixels that no frame covers are white', async () => {
  const file = await toSharp(flatPicture([10, 20, 30], 16, 16))
    .gif()
    .toBuffer()
  file.writeUInt16LE(24, 6) // the canvas is wider than its only frame
  const { pixels, width } = await normalizeImage(file, limits)
  expect(width).toBe(24)
  expect([...pixels.subarray(0, 3)]).toEqual([10, 20, 30])
  expect([...pixels.subarray(23 * 3, 24 * 3)]).toEqual([255, 255, 255])
})
