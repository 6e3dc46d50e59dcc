import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { decodeSquare } from './decode-square.ts'
import { ImageError } from './image-error.ts'
import { normalizeImage } from './normalize-image.ts'
import { pngChunk } from './png-chunks.ts'
import { jpegOfTwoChannels, samplePicture, toSharp } from './sample-pictures.ts'

const limits = { maxBytes: 1e6, maxPixels: 64e6 }
const picture = toSharp(samplePicture())

test('gives name, size, pixels, file and thumbnail', async () => {
  const image = await normalizeImage(await picture.clone().png().toBuffer(), limits)

  expect(image.id).toMatch(/^[0-9a-f]{64}$/)
  expect(image).toMatchObject({ width: 60, height: 40, mediaType: 'image/png' })
  expect(Buffer.from(image.pixels)).toEqual(Buffer.from(samplePicture().pixels))
})

test('the same pixels have the same name in every lossless container', async () => {
  const files = await Promise.all([
    picture.clone().png().toBuffer(),
    picture.clone().png({ progressive: true, compressionLevel: 9 }).toBuffer(),
    picture.clone().webp({ lossless: true }).toBuffer(),
    picture.clone().toColourspace('rgb16').png().toBuffer(),
    picture.clone().ensureAlpha(1).png().toBuffer(),
  ])

  const ids = await Promise.all(files.map(async (file) => (await normalizeImage(file, limits)).id))

  expect(new Set(ids).size).toBe(1)
})

test('a kept file has the name of the image it was kept for', async () => {
  const image = await normalizeImage(await picture.clone().jpeg().toBuffer(), limits)

  expect((await normalizeImage(image.file, limits)).id).toBe(image.id)
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %d ends upright', async (orientation) => {
  const upright = await normalizeImage(await picture.clone().png().toBuffer(), limits)
  const stored = toSharp(storeTurned(orientation)).withMetadata({ orientation })

  const fromPng = await normalizeImage(await stored.clone().png().toBuffer(), limits)
  const fromWebp = await normalizeImage(
    await stored.clone().webp({ lossless: true }).toBuffer(),
    limits,
  )
  const fromJpeg = await normalizeImage(await stored.clone().jpeg().toBuffer(), limits)

  expect([fromPng.id, fromWebp.id]).toEqual([upright.id, upright.id])
  expect([fromJpeg.width, fromJpeg.height]).toEqual([60, 40])
  expect((await sharp(fromJpeg.file).metadata()).orientation).toBeUndefined()
})

/** Where the pixel stored at (x, y) of a w × h picture is seen, by EXIF orientation (Exif 2.32, 4.6.4). */
const seenAt: Record<number, (x: number, y: number, w: number, h: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, h) => [h - 1 - y, x],
  7: (x, y, w, h) => [h - 1 - y, w - 1 - x],
  8: (x, y, w) => [y, w - 1 - x],
}

function storeTurned(orientation: number) {
  const upright = samplePicture()
  const [width, height] = orientation < 5 ? [60, 40] : [40, 60]
  const pixels = new Uint8Array(upright.pixels.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = seenAt[orientation](x, y, width, height)
      const from = (v * 60 + u) * 3
      pixels.set(upright.pixels.subarray(from, from + 3), (y * width + x) * 3)
    }
  return { pixels, width, height }
}

test.each([
  [1, 1, 1, 1],
  [300, 20, 300, 20],
  [600, 400, 300, 200],
  [100, 900, 33, 300],
  [4000, 2, 300, 1],
])('the thumbnail of %d × %d pixels has %d × %d', async (width, height, w, h) => {
  const file = await toSharp(samplePicture(width, height)).png().toBuffer()

  const { thumbnail, thumbnailMediaType } = await normalizeImage(file, limits)

  const { format, ...size } = await sharp(thumbnail).metadata()
  expect([size.width, size.height, `image/${format}`]).toEqual([w, h, thumbnailMediaType])
})

const refusals: [string, Uint8Array, string][] = [
  ['nothing', Buffer.alloc(0), 'This looks like an empty file.'],
  [
    'an SVG',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    'looks like an SVG drawing.',
  ],
  ['a web page', Buffer.from('<!doctype html><title>404</title>'), 'like a web page (HTML).'],
  ['a PDF', Buffer.from('%PDF-1.4\n'), 'This looks like a PDF document.'],
  ['a ZIP', Buffer.from('PK\x03\x04'), 'This looks like a ZIP archive.'],
  ['a TIFF', await picture.clone().tiff().toBuffer(), 'This looks like a TIFF image.'],
  ['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'This looks like a HEIC image.'],
]

test.each(refusals)('%s is refused by its name', async (_, bytes, sentence) => {
  await expect(normalizeImage(bytes, limits)).rejects.toMatchObject({
    code: 'unsupported-image',
    message: expect.stringContaining(sentence),
  })
})

test('too many bytes are refused before anything is read', async () => {
  await expect(
    normalizeImage(Buffer.alloc(1001), { ...limits, maxBytes: 1000 }),
  ).rejects.toMatchObject({
    code: 'image-too-large',
    message:
      'The file has 1001 bytes; at most 1000 are accepted. Make it smaller and send it again.',
  })
})

test('a PNG that declares 60000 × 60000 pixels in a few bytes is refused by its header', async () => {
  const size = Buffer.from('0000ea600000ea600802000000', 'hex')
  const bomb = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', size),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1e6))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
  const before = process.memoryUsage().rss

  await expect(normalizeImage(bomb, limits)).rejects.toMatchObject({
    code: 'image-too-large',
    message: expect.stringContaining(
      '60000 × 60000 pixels (3600 megapixels); at most 64 megapixels',
    ),
  })
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
})

test('a JPEG that declares 65000 × 65000 pixels is refused by its header', async () => {
  const bomb = await picture.clone().jpeg().toBuffer()
  const frame = bomb.indexOf(Buffer.of(0xff, 0xc0))
  bomb.writeUInt16BE(65000, frame + 5)
  bomb.writeUInt16BE(65000, frame + 7)

  await expect(normalizeImage(bomb, limits)).rejects.toMatchObject({
    code: 'image-too-large',
    message: expect.stringContaining('65000 × 65000'),
  })
})

test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)(
  'a truncated %s is corrupt',
  async (kind) => {
    const file = await picture.clone()[kind]().toBuffer()

    for (const part of [0.2, 0.5, 0.9]) {
      const truncated = file.subarray(0, Math.floor(file.length * part))
      await expect(normalizeImage(truncated, limits)).rejects.toMatchObject({
        code: 'corrupt-image',
      })
    }
  },
)

test('a JPEG with bytes after its end is fine', async () => {
  const file = await picture.clone().jpeg().toBuffer()

  const image = await normalizeImage(Buffer.concat([file, Buffer.alloc(5000, 'ftypmp42')]), limits)

  expect(Buffer.from(image.file)).toEqual(file)
})

test('a JPEG of two channels is refused by what it has, wherever it is decoded', async () => {
  const expected = {
    name: 'ImageError',
    code: 'unsupported-image',
    message: expect.stringContaining('2 channels'),
  }
  const file = jpegOfTwoChannels()
  await expect(normalizeImage(file, limits)).rejects.toMatchObject(expected)
  await expect(decodeSquare(file, { size: 16, maxPixels: 1e6 })).rejects.toMatchObject(expected)
})

test('changed bytes end in an image or in an ImageError, never in anything else', async () => {
  const kinds = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const
  const files = await Promise.all(kinds.map((kind) => picture.clone()[kind]().toBuffer()))

  const change = fc.tuple(fc.nat(400), fc.nat(255))
  const hostile = fc.tuple(
    fc.constantFrom(...files),
    fc.array(change, { minLength: 1, maxLength: 6 }),
  )
  await fc.assert(
    fc.asyncProperty(hostile, async ([file, changes]) => {
      const bytes = Buffer.from(file)
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      const result = await normalizeImage(bytes, { maxBytes: 1e6, maxPixels: 1e6 }).catch(
        (error) => error,
      )
      expect(result instanceof ImageError || result.pixels.length > 0, String(result)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a picture of a few endless lines is refused before it is decoded', async () => {
  const create = { width: 40_000, height: 2, channels: 3 as const, background: '#000' }
  const bytes = await sharp({ create }).png().toBuffer()
  let decoded = false
  const beforeDecoding = async () => {
    decoded = true
  }
  await expect(normalizeImage(bytes, limits, { beforeDecoding })).rejects.toMatchObject({
    code: 'image-too-large',
    message: expect.stringContaining('40000 × 2'),
  })
  expect(decoded).toBe(false)
})
