import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { encodePicture } from './encode-picture.ts'
import { normalizeImage } from './normalize-image.ts'
import {
  animation,
  decode,
  noisePicture,
  samplePicture,
  toSharp,
  withPrivateData,
} from './sample-pictures.ts'

const limits = { maxBytes: 1e8, maxPixels: 1e7 }
const picture = toSharp(samplePicture())

test.each<[string, Sharp, string]>([
  ['a GIF', picture.clone().gif(), 'image/png'],
  ['an animated GIF', animation().gif(), 'image/png'],
  ['a lossless animated WebP', animation().webp({ lossless: true }), 'image/png'],
  ['a 16-bit PNG', picture.clone().toColourspace('rgb16').png(), 'image/png'],
  ['a PNG with alpha', picture.clone().ensureAlpha(0.5).png(), 'image/png'],
  ['a PNG in Display P3', picture.clone().withIccProfile('p3').png(), 'image/png'],
  ['a turned PNG', picture.clone().withMetadata({ orientation: 6 }).png(), 'image/png'],
  ['a turned lossless WebP', turned().webp({ lossless: true }), 'image/png'],
  ['a lossy animated WebP', animation().webp({ lossless: false }), 'image/jpeg'],
  ['a lossy WebP with alpha', picture.clone().ensureAlpha(0.5).webp(), 'image/jpeg'],
  ['a turned JPEG', turned().jpeg(), 'image/jpeg'],
  ['a CMYK JPEG', picture.clone().toColourspace('cmyk').jpeg(), 'image/jpeg'],
  ['a JPEG in Display P3', picture.clone().withIccProfile('p3').jpeg(), 'image/jpeg'],
  ['an AVIF with Exif', withPrivateData(picture.clone()).avif({ effort: 0 }), 'image/jpeg'],
  ['a 10-bit AVIF', picture.clone().avif({ bitdepth: 10, effort: 0 }), 'image/jpeg'],
])('%s is encoded once more, as %s', async (_, source, mediaType) => {
  const image = await normalizeImage(await source.toBuffer(), limits)

  const { format, hasProfile, hasAlpha, orientation, exif } = await sharp(image.file).metadata()
  expect(image.mediaType).toBe(mediaType)
  expect({ mediaType: `image/${format}`, hasProfile, hasAlpha, orientation, exif }).toEqual({
    mediaType,
    hasProfile: false,
    hasAlpha: false,
    orientation: undefined,
    exif: undefined,
  })
  const error = meanDifference(await decode(image.file), image.pixels)
  expect(error).toBeLessThanOrEqual(mediaType === 'image/png' ? 0 : 3)
})

function turned(): Sharp {
  return picture.clone().withMetadata({ orientation: 6 })
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length)
  return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length
}

test('a phone photo with a gain map keeps its base picture only', async () => {
  const base = sharp(await toSharp(noisePicture(64, 48)).jpeg().toBuffer())
  // Not in sharp's types yet.
  const { withGainMap } = base as unknown as { withGainMap(this: Sharp): Sharp }
  const withMap = await withGainMap.call(base).jpeg().toBuffer()
  expect((await sharp(withMap).metadata()).gainMap).toBeDefined()

  const image = await normalizeImage(withMap, limits)

  expect((await sharp(image.file).metadata()).gainMap).toBeUndefined()
  expect(meanDifference(await decode(image.file), image.pixels)).toBeLessThanOrEqual(3)
})

test('a picture too long for JPEG becomes a PNG', async () => {
  const picture = samplePicture(70_000, 1)

  const { mediaType } = await encodePicture(picture, { bytes: Buffer.alloc(0), kind: 'avif' })

  expect(mediaType).toBe('image/png')
})

test('a JPEG that decodes with complaints is encoded once more, without them', async () => {
  const file = await toSharp(noisePicture(97, 61)).jpeg({ progressive: true }).toBuffer()
  file[Math.floor(file.length * 0.6)] ^= 0x55
  await expect(sharp(file).raw().toBuffer()).rejects.toThrow('Corrupt JPEG data')

  const image = await normalizeImage(file, limits)

  expect(image.mediaType).toBe('image/jpeg')
  await expect(sharp(image.file).raw().toBuffer()).resolves.toBeDefined()
})
