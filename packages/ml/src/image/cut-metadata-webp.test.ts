import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutMetadataWebp } from './cut-metadata-webp.ts'
import { findWebpFrame } from './find-webp-frame.ts'
import { ImageError } from './image-error.ts'
import { animation, decode, noisePicture, toSharp, withPrivateData } from './sample-pictures.ts'

const picture = toSharp(noisePicture(61, 47))

test.each([
  ['lossy', { lossless: false }],
  ['lossless', { lossless: true }],
])('keeps the pixels of a %s file and nothing else', async (_, options) => {
  const clean = await picture.clone().webp(options).toBuffer()
  const dirty = await withPrivateData(picture.clone()).webp(options).toBuffer()
  expect(dirty.includes('SECRET-PLACE')).toBe(true)

  const kept = Buffer.from(cutMetadataWebp(Buffer.concat([dirty, Buffer.from('SECRET')])))

  expect(kept).toEqual(clean)
  expect((await decode(kept)).equals(await decode(dirty))).toBe(true)
})

test('the first frame of an animation is found, and told from a still picture', async () => {
  const lossless = await animation().webp({ lossless: true }).toBuffer()
  const lossy = await animation().webp({ lossless: false }).toBuffer()

  expect(findWebpFrame(lossless)).toMatchObject({ animated: true, lossless: true })
  expect(findWebpFrame(lossy)).toMatchObject({ animated: true, lossless: false })
  expect(findWebpFrame(await picture.clone().webp().toBuffer())).toMatchObject({ animated: false })
})

test('every truncation is corrupt', async () => {
  const file = await withPrivateData(picture.clone()).webp().toBuffer()
  const end = file.indexOf('VP8 ', 16, 'latin1') + 8 + findWebpFrame(file).chunk.length - 8

  for (let length = 0; length < end; length += 7)
    expect(() => cutMetadataWebp(file.subarray(0, length))).toThrow(ImageError)
})

test('hostile bytes end in a file or in corrupt-image, never in anything else', async () => {
  const file = await withPrivateData(picture.clone()).webp({ quality: 5 }).toBuffer()
  const place = fc.nat(Math.min(60, file.length - 1))

  fc.assert(
    fc.property(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 8 }), (changes) => {
      const hostile = Buffer.from(file)
      for (const [at, value] of changes) hostile[at] = value
      expect(outcome(hostile)).toBe('fine')
    }),
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => outcome(noise) === 'fine'))
})

function outcome(bytes: Uint8Array): string {
  try {
    return cutMetadataWebp(bytes).length <= bytes.length + 1 ? 'fine' : 'grew'
  } catch (error) {
    return error instanceof ImageError && error.code === 'corrupt-image' ? 'fine' : String(error)
  }
}
