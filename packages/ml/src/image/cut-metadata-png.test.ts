import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutMetadataPng } from './cut-metadata-png.ts'
import { ImageError } from './image-error.ts'
import { pngChunk } from './png-chunks.ts'
import {
  addPngChunks,
  decode,
  noisePicture,
  samplePicture,
  toSharp,
  withPrivateData,
} from './sample-pictures.ts'

const picture = toSharp(noisePicture(61, 47))

test.each([
  ['colour', () => picture.clone().png()],
  ['palette', () => picture.clone().png({ palette: true, colours: 16 })],
  ['grey', () => picture.clone().toColourspace('b-w').png()],
  ['interlaced', () => picture.clone().png({ progressive: true })],
])('keeps the pixels of a %s file and nothing else', async (_, make) => {
  const clean = cutMetadataPng(await make().toBuffer())
  const dirty = addPngChunks(
    Buffer.from(clean),
    pngChunk('gAMA', Buffer.of(0, 1, 0x86, 0xa0)),
    pngChunk('sRGB', Buffer.of(0)),
    pngChunk('bKGD', Buffer.alloc(6)),
    pngChunk('tEXt', Buffer.from('Comment\0SECRET')),
    pngChunk('eXIf', Buffer.from('MM\0*\0\0\0\x08\0\0\0\0\0\0', 'latin1')),
  )

  const kept = cutMetadataPng(Buffer.concat([dirty, Buffer.from('PK SECRET')]))

  expect(Buffer.from(kept)).toEqual(Buffer.from(clean))
  expect((await decode(kept)).equals(await decode(dirty))).toBe(true)
})

test('nothing that sharp writes about a photo remains', async () => {
  const file = await withPrivateData(toSharp(samplePicture())).png().toBuffer()
  expect(file.includes('SECRET')).toBe(true)

  const kept = Buffer.from(cutMetadataPng(file))

  for (const word of ['SECRET', 'eXIf', 'iTXt', 'iCCP', 'tEXt'])
    expect(kept.includes(word)).toBe(false)
})

test('every truncation is corrupt', async () => {
  const file = await picture.clone().png().toBuffer()

  for (let length = 8; length < file.length; length += 7)
    expect(() => cutMetadataPng(file.subarray(0, length))).toThrow(ImageError)
})

test('a chunk that is longer than the file is corrupt', async () => {
  const file = await picture.clone().png().toBuffer()
  file.writeUInt32BE(0xffffffff, 8)

  expect(() => cutMetadataPng(file)).toThrow('The file is damaged: its IHDR chunk is longer')
})

test('hostile bytes end in a file or in corrupt-image, never in anything else', async () => {
  const file = await toSharp(samplePicture()).png().toBuffer()
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
    return cutMetadataPng(bytes).length <= bytes.length ? 'fine' : 'grew'
  } catch (error) {
    return error instanceof ImageError && error.code === 'corrupt-image' ? 'fine' : String(error)
  }
}
