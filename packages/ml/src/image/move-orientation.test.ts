import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeSquare } from './decode-square.ts'
import { normalizeImage } from './normalize-image.ts'
import { pngChunk } from './png-chunks.ts'
import { addPngChunks, samplePicture, toSharp } from './sample-pictures.ts'

const limits = { maxBytes: 1e6, maxPixels: 1e6 }
const png = await toSharp(samplePicture()).png().toBuffer() // 60 × 40

/** A TIFF structure with an orientation; `Exif\0\0` goes before it in some files. */
const exif = (order: 'MM' | 'II', orientation: number, head = 'Exif\0\0') =>
  Buffer.concat([
    Buffer.from(head, 'latin1'),
    order === 'MM'
      ? Buffer.from(`4d4d002a0000000800010112000300000001000${orientation}000000000000`, 'hex')
      : Buffer.from(
          `49492a000800000001001201030001000000${`0${orientation}`}00000000000000`,
          'hex',
        ),
  ])

const profile = (bytes: Buffer, name = 'exif') =>
  `\n${name}\n${String(bytes.length).padStart(8)}\n${bytes.toString('hex').replace(/.{72}/g, '$&\n')}\n`

const keyword = (name = 'exif') => Buffer.from(`Raw profile type ${name}\0`, 'latin1')
const packed = (text: string) => deflateSync(Buffer.from(text, 'latin1'))

const motorola = profile(exif('MM', 6))
const cases: [string, Buffer][] = [
  ['zTXt', pngChunk('zTXt', Buffer.concat([keyword(), Buffer.of(0), packed(motorola)]))],
  ['tEXt', pngChunk('tEXt', Buffer.concat([keyword(), Buffer.from(motorola)]))],
  [
    'iTXt',
    pngChunk('iTXt', Buffer.concat([keyword(), Buffer.of(0, 0, 0, 0), Buffer.from(motorola)])),
  ],
  [
    'iTXt that is packed and has a language',
    pngChunk(
      'iTXt',
      Buffer.concat([keyword(), Buffer.of(1, 0), Buffer.from('en\0exif\0'), packed(motorola)]),
    ),
  ],
  [
    'APP1, in the other byte order, without a head',
    pngChunk(
      'tEXt',
      Buffer.concat([keyword('APP1'), Buffer.from(profile(exif('II', 6, ''), 'app1'))]),
    ),
  ],
]

test.each(cases)('a PNG is upright by the orientation in its text: %s', async (_, chunk) => {
  const withChunk = await toSharp(samplePicture()).withMetadata({ orientation: 6 }).png().toBuffer()
  const turned = await normalizeImage(withChunk, limits)
  const square = { size: 16, maxPixels: 1e6 }
  const behind = Buffer.concat([png.subarray(0, -12), chunk, png.subarray(-12)])

  for (const file of [addPngChunks(png, chunk), behind]) {
    const image = await normalizeImage(file, limits)
    expect([image.width, image.height, image.id]).toEqual([40, 60, turned.id])
    expect(await decodeSquare(file, square)).toEqual(await decodeSquare(withChunk, square))
  }
})

test('an eXIf chunk goes before the text', async () => {
  const upright = pngChunk('eXIf', exif('MM', 1, ''))
  const file = addPngChunks(png, upright, cases[0]?.[1] ?? Buffer.alloc(0))
  expect(await normalizeImage(file, limits)).toMatchObject({ width: 60, height: 40 })
})

test.each([
  ['no number', '\nexif\n  x\nzz\n'],
  ['no directory', profile(Buffer.from('Exif\0\0MM'))],
  ['an orientation there is not', profile(exif('MM', 9))],
  ['a directory that never ends', profile(Buffer.from('MM\0*\0\0\0\x08\xff\xff', 'latin1'))],
  ['XMP', profile(Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>'), 'APP1')],
])('a text with %s turns nothing', async (_, text) => {
  const plain = pngChunk('tEXt', Buffer.concat([keyword(), Buffer.from(text, 'latin1')]))
  const bomb = Buffer.concat([keyword(), Buffer.of(0), deflateSync(Buffer.alloc(2 ** 20))])
  const broken = Buffer.concat([keyword(), Buffer.of(0, 1, 2, 3)])
  const file = addPngChunks(png, plain, pngChunk('zTXt', bomb), pngChunk('zTXt', broken))
  expect(await normalizeImage(file, limits)).toMatchObject({ width: 60, height: 40 })
})
