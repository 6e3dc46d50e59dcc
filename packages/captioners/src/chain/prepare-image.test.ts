import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Captioner } from '../captioner/captioner.ts'
import { prepareImage } from './prepare-image.ts'

const large = await sharp({ create: { width: 3000, height: 30, channels: 3, background: '#369' } })
  .webp()
  .toBuffer()
const picture = { file: large, mediaType: 'image/webp' }
const captioner = (settings: Partial<Captioner>) => settings as Captioner
const hosted = { sendsPixelsTo: 'api.example.com' }

test('a captioner of this machine without limits gets the kept file as it is', async () => {
  const image = await prepareImage(picture)(captioner({ sendsPixelsTo: null }))
  expect(image.file).toBe(large)
})

test.each([
  ['a hosted one gets at most 2048 pixels of JPEG or PNG', hosted, 'image/jpeg', 2048],
  [
    'its own limits come first, each by itself',
    { ...hosted, limits: { maxSide: 100, perMinute: 1 } },
    'image/jpeg',
    100,
  ],
  [
    'a local one gets what it takes',
    { sendsPixelsTo: null, limits: { formats: ['image/png' as const] } },
    'image/png',
    3000,
  ],
])('%s', async (_case, settings, mediaType, width) => {
  const image = await prepareImage(picture)(captioner(settings))
  expect(image.mediaType).toBe(mediaType)
  expect((await sharp(image.file).metadata()).width).toBe(width)
})

test('captioners that take the same form share one encoding, also when they ask at once', async () => {
  const prepared = prepareImage(picture)
  const [first, second, other] = await Promise.all([
    prepared(captioner(hosted)),
    prepared(captioner({ sendsPixelsTo: 'another.example.com' })),
    prepared(captioner({ ...hosted, limits: { maxSide: 64 } })),
  ])
  expect(second).toBe(first)
  expect(other.file).not.toBe(first.file)
})

test('an image that cannot be made small enough, or read, is a failure of that captioner', async () => {
  const prepared = prepareImage(picture)
  const tiny = captioner({ ...hosted, limits: { maxBytes: 10 } })
  await expect(prepared(tiny)).rejects.toMatchObject({ outcome: 'too-large' })
  const broken = prepareImage({ file: Buffer.from('no image'), mediaType: 'image/webp' })
  await expect(broken(captioner(hosted))).rejects.toMatchObject({ outcome: 'unsupported-image' })
})
