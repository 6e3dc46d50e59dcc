import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { decodePixels } from './decode-pixels.ts'
import { pngChunk } from './png-chunks.ts'
import { animation, flatPicture, samplePicture, toSharp } from './sample-pictures.ts'

const decode = async (file: Buffer) =>
  decodePixels(file, { header: await sharp(file).metadata(), maxPixels: 1e6 })

const orange = toSharp(flatPicture([200, 100, 50]))
const seeThrough = (alpha: number) => orange.clone().ensureAlpha(alpha)

test.each<[string, Sharp, number[]]>([
  ['an 8-bit PNG', orange.clone().png(), [200, 100, 50]],
  ['a 16-bit PNG', orange.clone().toColourspace('rgb16').png(), [200, 100, 50]],
  ['a palette PNG', orange.clone().png({ palette: true }), [200, 100, 50]],
  ['a gray PNG', orange.clone().toColourspace('b-w').png(), [128, 128, 128]],
  ['a 16-bit gray PNG', orange.clone().toColourspace('grey16').png(), [128, 128, 128]],
  ['a gray JPEG', orange.clone().toColourspace('b-w').jpeg(), [128, 128, 128]],
  ['a PNG with alpha', seeThrough(0.5).png(), [228, 178, 153]],
  ['a PNG that is all see-through', seeThrough(0).png(), [255, 255, 255]],
  ['a palette PNG with tRNS', seeThrough(0).png({ palette: true }), [255, 255, 255]],
  ['a gray PNG with alpha', seeThrough(0.5).toColourspace('b-w').png(), [192, 192, 192]],
  ['a 16-bit PNG with alpha', seeThrough(0.5).toColourspace('rgb16').png(), [228, 178, 153]],
  ['a WebP with alpha', seeThrough(0).webp({ lossless: true }), [255, 255, 255]],
  ['a GIF with transparency', seeThrough(0).gif(), [255, 255, 255]],
  ['an sRGB profile', orange.clone().withIccProfile('srgb').png(), [200, 100, 50]],
  ['a Display P3 profile', orange.clone().withIccProfile('p3').png(), [200, 100, 50]],
  [
    'a Display P3 profile on 16 bits',
    orange.clone().toColourspace('rgb16').withIccProfile('p3').png(),
    [200, 100, 50],
  ],
  ['a 10-bit AVIF', orange.clone().avif({ bitdepth: 10, effort: 0 }), [200, 100, 50]],
  ['a CMYK JPEG', orange.clone().toColourspace('cmyk').jpeg(), [198, 94, 22]],
])('%s becomes opaque 8-bit sRGB', async (_, source, expected) => {
  const { pixels, width, height } = await decode(await source.toBuffer())

  expect(pixels.length).toBe(width * height * 3)
  for (let channel = 0; channel < 3; channel++)
    expect(Math.abs(pixels[channel] - expected[channel])).toBeLessThanOrEqual(4)
})

test('an sRGB profile moves no value', async () => {
  const picture = samplePicture()
  const file = await toSharp(picture).png().toBuffer()
  const { icc } = await sharp(
    await toSharp(picture).withIccProfile('srgb').jpeg().toBuffer(),
  ).metadata()

  const labelled = await sharp(file).withIccProfile('srgb').png().toBuffer()

  expect(icc).toBeDefined()
  expect((await decode(labelled)).pixels).toEqual(
    await sharp(labelled, { ignoreIcc: true }).raw().toBuffer(),
  )
})

test('a broken profile counts as none', async () => {
  const file = await toSharp(samplePicture()).png().toBuffer()
  const broken = Buffer.concat([
    file.subarray(0, 33),
    pngChunk('iCCP', Buffer.from('name\0\0not compressed')),
    file.subarray(33),
  ])

  expect(Buffer.from((await decode(broken)).pixels)).toEqual(Buffer.from(samplePicture().pixels))
})

test('YCCK is told from CMYK by the Adobe segment', async () => {
  const cmyk = await orange.clone().toColourspace('cmyk').jpeg().toBuffer()
  const ycck = Buffer.from(cmyk)
  ycck[ycck.indexOf('Adobe') + 11] = 2

  const [one, other] = [await decode(cmyk), await decode(ycck)]

  expect(other.pixels.length).toBe(one.pixels.length)
  expect(other.pixels.subarray(0, 3)).not.toEqual(one.pixels.subarray(0, 3))
})

test.each(['gif', 'webp'] as const)('an animated %s shows its first frame', async (kind) => {
  const { pixels, width, height } = await decode(await animation()[kind]().toBuffer())

  expect([width, height, pixels[0]]).toEqual([20, 16, 10])
})
