import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { cutMetadataPng } from './cut-metadata-png.ts'
import { findImageKind } from './image-kind.ts'
import { normalizeImage } from './normalize-image.ts'
import { pngChunk } from './png-chunks.ts'
import { addPngChunks, decode, samplePicture, toSharp, withPrivateData } from './sample-pictures.ts'

const limits = { maxBytes: 1e8, maxPixels: 1e7 }
const picture = toSharp(samplePicture())

const sourceFormats: [string, (source: Sharp) => Sharp][] = [
  ['a JPEG', (source) => source.jpeg()],
  ['a progressive JPEG', (source) => source.jpeg({ progressive: true })],
  ['a gray JPEG', (source) => source.toColourspace('b-w').jpeg()],
  ['a PNG', (source) => source.png()],
  ['an interlaced PNG', (source) => source.png({ progressive: true })],
  ['a palette PNG', (source) => source.png({ palette: true })],
  ['a lossy WebP', (source) => source.webp()],
  ['a lossless WebP', (source) => source.webp({ lossless: true })],
]

test.each(sourceFormats)('%s keeps its compressed data, cleaned', async (_, encode) => {
  const clean = bare(await encode(picture.clone()).toBuffer())
  const dirty = await encode(withPrivateData(picture.clone())).toBuffer()

  const image = await normalizeImage(Buffer.concat([dirty, Buffer.from('SECRET')]), limits)

  expect(Buffer.from(image.file)).toEqual(Buffer.from(clean))
  expect((await decode(image.file)).equals(image.pixels)).toBe(true)
})

/** sharp writes how many pixels make a metre into every PNG. */
const bare = (file: Buffer) => (findImageKind(file) === 'png' ? cutMetadataPng(file) : file)

test('a plain AVIF is kept as it is', async () => {
  const file = await picture.clone().avif({ effort: 0 }).toBuffer()

  const image = await normalizeImage(file, limits)

  expect(Buffer.from(image.file)).toEqual(file)
  expect(image.mediaType).toBe('image/avif')
  expect((await decode(image.file)).equals(image.pixels)).toBe(true)
})

test('where a photo was taken is nowhere in the kept file', async () => {
  for (const encode of [sourceFormats[0], sourceFormats[3], sourceFormats[6]]) {
    const file = await encode[1](withPrivateData(picture.clone())).toBuffer()
    expect(file.includes('SECRET-PLACE')).toBe(true)

    const kept = Buffer.from((await normalizeImage(file, limits)).file)

    expect(kept.includes('SECRET')).toBe(false)
  }
})

test('an animated PNG keeps its first frame', async () => {
  const still = Buffer.from(bare(await picture.clone().png().toBuffer()))
  const control = Buffer.alloc(26)
  const animated = addPngChunks(
    still,
    pngChunk('acTL', Buffer.of(0, 0, 0, 2, 0, 0, 0, 0)),
    pngChunk('fcTL', control),
  )

  const image = await normalizeImage(animated, limits)

  expect(Buffer.from(image.file)).toEqual(still)
})

const photographs = `${process.env.DESCRY_TEST_DATA ?? '../shared/data'}/flickr8k/images`

test.skipIf(!existsSync(photographs))(
  'fifty photographs of flickr8k keep exactly their pixels (needs DESCRY_TEST_DATA)',
  async () => {
    for (const name of readdirSync(photographs).slice(0, 50)) {
      const image = await normalizeImage(readFileSync(`${photographs}/${name}`), limits)
      expect((await decode(image.file)).equals(image.pixels), name).toBe(true)
    }
  },
)
