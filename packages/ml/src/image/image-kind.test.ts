import { expect, test } from 'vitest'
import { findImageKind, type ImageKind, imageHeadLength } from './image-kind.ts'
import { samplePicture, toSharp } from './sample-pictures.ts'

test.each<ImageKind>(['jpeg', 'png', 'webp', 'avif', 'gif'])(
  'recognises %s by its first bytes',
  async (kind) => {
    const file = await toSharp(samplePicture())[kind]().toBuffer()

    expect(findImageKind(file.subarray(0, imageHeadLength))).toBe(kind)
  },
)

const brands = (...names: string[]) => {
  const box = Buffer.from(`\0\0\0\0ftyp${names[0]}\0\0\0\0${names.slice(1).join('')}`, 'latin1')
  box.writeUInt32BE(box.length, 0)
  return box
}

test.each([
  { file: 'an AVIF sequence', head: brands('avis', 'msf1'), kind: 'avif' },
  {
    file: 'an AVIF with a general major brand',
    head: brands('mif1', 'miaf', 'avif'),
    kind: 'avif',
  },
  {
    file: 'a HEIC that says it is compatible',
    head: brands('heic', 'mif1', 'avif'),
    kind: undefined,
  },
  { file: 'a HEIC with a general major brand', head: brands('mif1', 'heic'), kind: undefined },
  { file: 'a video', head: brands('isom', 'mp42'), kind: undefined },
  { file: 'a sound file', head: Buffer.from('RIFF\0\0\0\0WAVEfmt '), kind: undefined },
  { file: 'nothing', head: Buffer.alloc(0), kind: undefined },
  { file: 'half a signature', head: Buffer.of(0xff, 0xd8), kind: undefined },
])('takes $file for $kind', ({ head, kind }) => {
  expect(findImageKind(head)).toBe(kind)
})
