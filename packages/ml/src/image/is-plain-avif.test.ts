import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { isPlainAvif } from './is-plain-avif.ts'
import { samplePicture, toSharp, withPrivateData } from './sample-pictures.ts'

const header = await sharp(await toSharp(samplePicture()).png().toBuffer()).metadata()
let plain: Buffer

beforeAll(async () => {
  plain = await toSharp(samplePicture()).avif({ effort: 0 }).toBuffer()
})

const box = (name: string, data: string) => {
  const bytes = Buffer.from(`\0\0\0\0${name}${data}`, 'latin1')
  bytes.writeUInt32BE(bytes.length, 0)
  return bytes
}

test('a picture and nothing else is plain, padding with zeros included', () => {
  expect(isPlainAvif(plain, header)).toBe(true)
  expect(isPlainAvif(Buffer.concat([plain, box('free', '\0\0\0')]), header)).toBe(true)
})

test('whatever else a file carries makes it not plain', async () => {
  const withExif = await withPrivateData(toSharp(samplePicture())).avif({ effort: 0 }).toBuffer()

  expect(isPlainAvif(withExif, header)).toBe(false)
  expect(isPlainAvif(Buffer.concat([plain, box('uuid', 'SECRET')]), header)).toBe(false)
  expect(isPlainAvif(Buffer.concat([plain, box('free', 'SECRET')]), header)).toBe(false)
  expect(isPlainAvif(Buffer.concat([plain, Buffer.from('SECRET')]), header)).toBe(false)
  expect(isPlainAvif(plain, { ...header, exif: Buffer.alloc(1) })).toBe(false)
})

test('hostile sizes never throw', () => {
  const change = fc.tuple(fc.nat(60), fc.nat(255))
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      const hostile = Buffer.from(plain)
      for (const [at, value] of changes) hostile[at] = value
      expect(isPlainAvif(hostile, header)).toBeTypeOf('boolean')
    }),
  )
})
