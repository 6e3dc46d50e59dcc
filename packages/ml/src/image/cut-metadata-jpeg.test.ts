import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutMetadataJpeg } from './cut-metadata-jpeg.ts'
import { ImageError } from './image-error.ts'
import {
  addJpegSegments,
  decode,
  jpegSegment,
  jpegWithRestart,
  noisePicture,
  samplePicture,
  toSharp,
  withPrivateData,
} from './sample-pictures.ts'

const picture = toSharp(noisePicture(61, 47))

const sources = {
  baseline: () => picture.clone().jpeg().toBuffer(),
  progressive: () => picture.clone().jpeg({ progressive: true }).toBuffer(),
  'RGB-coded': async () => addJpegSegments(await fullChroma(), jpegSegment(0xee, adobe(0))),
  gray: () => picture.clone().toColourspace('b-w').jpeg().toBuffer(),
  CMYK: () => picture.clone().toColourspace('cmyk').jpeg().toBuffer(),
  'with restart markers': async () => jpegWithRestart(),
}

/** sharp writes no JFIF segment. */
const fullChroma = () => picture.clone().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer()

/** Version, two flags, and the colour transform: 0 for RGB, 1 for YCbCr. */
const adobe = (transform: number) =>
  Buffer.concat([Buffer.from('Adobe'), Buffer.of(0, 100, 0, 0, 0, 0, transform)])

test.each(Object.entries(sources))('keeps the pixels of a %s file', async (_, make) => {
  const clean = await make()
  const dirty = addJpegSegments(
    clean,
    jpegSegment(0xe1, Buffer.from('Exif\0\0 SECRET')),
    jpegSegment(0xed, Buffer.from('Photoshop 3.0\0 SECRET')),
    jpegSegment(0xfe, Buffer.from('SECRET')),
  )

  const kept = Buffer.from(cutMetadataJpeg(Buffer.concat([dirty, Buffer.from('PK SECRET')])))

  expect(kept).toEqual(clean)
  expect((await decode(kept)).equals(await decode(dirty))).toBe(true)
})

test('restart markers and their blocks decode to what was written', async () => {
  const pixels = await decode(cutMetadataJpeg(jpegWithRestart()))

  // Differences of 4 and 7, times the quantiser 16, over 8, around mid gray; each from a new start.
  expect([pixels[0], pixels[8 * 3]]).toEqual([128 + 8, 128 + 14])
})

test('fill bytes and stray bytes between segments do no harm', async () => {
  const clean = await sources.baseline()
  const filled = addJpegSegments(clean, Buffer.of(0xff, 0xff, 0xff))
  const stray = addJpegSegments(clean, Buffer.from('stray'), Buffer.of(0xff, 0))

  expect(Buffer.from(cutMetadataJpeg(filled))).toEqual(clean)
  expect(Buffer.from(cutMetadataJpeg(stray))).toEqual(clean)
})

test('JFIF loses its thumbnail, and the Adobe segment what hides behind it', async () => {
  const jfif = Buffer.concat([
    Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01'),
    Buffer.alloc(3, 7),
  ])
  const hidden = Buffer.concat([adobe(1), Buffer.from('SECRET')])
  const file = addJpegSegments(
    await fullChroma(),
    jpegSegment(0xe0, jfif),
    jpegSegment(0xee, hidden),
  )

  const kept = Buffer.from(cutMetadataJpeg(file))

  expect(kept.subarray(2, 20).toString('hex')).toBe('ffe000104a46494600010200000100010000')
  expect(kept.includes('SECRET')).toBe(false)
  expect((await decode(kept)).equals(await decode(file))).toBe(true)
})

test('nothing that sharp writes about a photo remains', async () => {
  const file = await withPrivateData(toSharp(samplePicture())).jpeg().toBuffer()
  expect(file.includes('SECRET-PLACE')).toBe(true)

  const kept = Buffer.from(cutMetadataJpeg(file))

  for (const word of ['SECRET', 'Exif', 'xmp', 'ICC_PROFILE'])
    expect(kept.includes(word)).toBe(false)
})

test('every truncation is corrupt', async () => {
  const file = await picture.clone().jpeg({ progressive: true }).toBuffer()

  for (let length = 2; length < file.length; length += 7)
    expect(() => cutMetadataJpeg(file.subarray(0, length))).toThrow(ImageError)
})

test('hostile bytes end in a file or in corrupt-image, never in anything else', async () => {
  const file = await picture.clone().jpeg({ progressive: true }).toBuffer()
  const place = fc.nat(file.length - 1)

  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 40 }), (changes) => {
      const hostile = Buffer.from(file)
      for (const [at, value] of changes) hostile[at] = value
      expect(outcome(hostile)).toBe('fine')
    }),
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => outcome(noise) === 'fine'))
})

/** The result is never longer than what came in: no loop, no byte from elsewhere. */
function outcome(bytes: Uint8Array): string {
  try {
    return cutMetadataJpeg(bytes).length <= bytes.length + 2 ? 'fine' : 'grew'
  } catch (error) {
    return error instanceof ImageError && error.code === 'corrupt-image' ? 'fine' : String(error)
  }
}

test.each([
  ['comments', Buffer.of(0xff, 0xfe, 0, 2)],
  ['tables', Buffer.of(0xff, 0xdb, 0, 2)],
  ['fill bytes', Buffer.of(0xff)],
  ['stray bytes', Buffer.of(0xff, 0)],
])('twenty megabytes of %s are refused, in one pass: each anew would take days', (_, pattern) => {
  const hostile = Buffer.concat([Buffer.of(0xff, 0xd8), Buffer.alloc(20e6, pattern)])
  expect(() => cutMetadataJpeg(hostile)).toThrow(ImageError)
})
