import sharp from 'sharp'
import { expect, test } from 'vitest'
import { encodeForSending } from './encode-for-sending.ts'
import { noisePicture, samplePicture, toSharp } from './sample-pictures.ts'

const jpeg = await toSharp(samplePicture(600, 400)).jpeg().toBuffer()
const webp = await toSharp(samplePicture(600, 400)).webp().toBuffer()
const noise = await toSharp(noisePicture(600, 400)).png().toBuffer()

test('a file that fits stays as it is, byte for byte', async () => {
  const sent = await encodeForSending({ file: jpeg, mediaType: 'image/jpeg' }, { maxSide: 600 })
  expect(sent).toEqual({ file: jpeg, mediaType: 'image/jpeg' })
})

test.each([
  ['WebP becomes JPEG where nothing is said', {}, 'image/jpeg', 600],
  ['WebP stays where it is taken', { formats: ['image/jpeg', 'image/webp'] }, 'image/webp', 600],
  ['the first of the formats is chosen', { formats: ['image/png'] }, 'image/png', 600],
  ['the longest side is kept to', { maxSide: 150 }, 'image/jpeg', 150],
] as const)('%s', async (_case, form, mediaType, width) => {
  const sent = await encodeForSending({ file: webp, mediaType: 'image/webp' }, form)
  expect(sent.mediaType).toBe(mediaType)
  expect(await sharp(sent.file).metadata()).toMatchObject({
    format: mediaType.replace('image/', ''),
    width,
    height: Math.round(width / 1.5),
  })
})

test('too many bytes cost quality first, and pixels only then', async () => {
  const image = { file: noise, mediaType: 'image/png' }
  const best = await encodeForSending(image, { formats: ['image/jpeg'] })
  const worse = await encodeForSending(image, { maxBytes: best.file.length - 1 })
  expect(worse.file.length).toBeLessThan(best.file.length)
  expect((await sharp(worse.file).metadata()).width).toBe(600)

  const small = await encodeForSending(image, { maxBytes: 20_000 })
  expect(small.file.length).toBeLessThanOrEqual(20_000)
  expect((await sharp(small.file).metadata()).width).toBeLessThan(600)
})

test('PNG has no quality to give, so it loses pixels', async () => {
  const image = { file: noise, mediaType: 'image/png' }
  const sent = await encodeForSending(image, { formats: ['image/png'], maxBytes: 200_000 })
  expect(sent.file.length).toBeLessThanOrEqual(200_000)
  expect(sent.mediaType).toBe('image/png')
})

test('what cannot be made small enough is too large, with the numbers', async () => {
  const image = { file: noise, mediaType: 'image/png' }
  const sent = encodeForSending(image, { formats: ['image/png'], maxBytes: 1_000 })
  await expect(sent).rejects.toMatchObject({ code: 'image-too-large' })
  await expect(sent).rejects.toThrow('at most 1000 are accepted')
})
