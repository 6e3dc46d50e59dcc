import { expect, test } from 'vitest'
import { decodePixels } from './decode-pixels.ts'
import { decodeSquare } from './decode-square.ts'
import { animation, flatPicture, samplePicture, toSharp } from './sample-pictures.ts'

const options = { size: 16, maxPixels: 1e7 }
const pixelAt = (pixels: Uint8Array, x: number, y: number) => [
  ...pixels.subarray((y * 16 + x) * 3, (y * 16 + x) * 3 + 3),
]

test('the whole picture is squashed into the square: its corners stay corners', async () => {
  const file = await toSharp(samplePicture(1200, 400)).png().toBuffer()
  const pixels = await decodeSquare(file, options)
  const [left, right, bottom] = [
    pixelAt(pixels, 0, 0),
    pixelAt(pixels, 15, 0),
    pixelAt(pixels, 0, 15),
  ]
  expect(left[0]).toBeLessThan(20)
  expect(right[0]).toBeGreaterThan(235)
  expect(left[1]).toBeLessThan(20)
  expect(bottom[1]).toBeGreaterThan(235)
})

test('EXIF turns the picture before it is squashed', async () => {
  const turned = await toSharp(samplePicture(120, 40))
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const pixels = await decodeSquare(turned, options)
  expect(pixelAt(pixels, 15, 0)[0]).toBeLessThan(30) // what was left is at the top now
  expect(pixelAt(pixels, 15, 15)[0]).toBeGreaterThan(225)
})

test.each([
  [
    'gray',
    toSharp(flatPicture([90, 90, 90]))
      .toColourspace('b-w')
      .png(),
    [90, 90, 90],
  ],
  [
    '16 bits',
    toSharp(flatPicture([200, 100, 50]))
      .toColourspace('rgb16')
      .png(),
    [200, 100, 50],
  ],
  [
    'transparent',
    toSharp(flatPicture([9, 9, 9]))
      .ensureAlpha(0)
      .png(),
    [255, 255, 255],
  ],
  ['smaller than the square', toSharp(flatPicture([1, 2, 3], 2, 3)).png(), [1, 2, 3]],
  ['animated', animation().gif(), [10, 10, 10]],
])('a picture that is %s becomes opaque 8-bit RGB', async (_what, picture, expected) => {
  const pixels = await decodeSquare(await picture.toBuffer(), options)
  expect(pixels.length).toBe(16 * 16 * 3)
  expect(pixelAt(pixels, 8, 8)).toEqual(expected)
})

test('a shrunken JPEG is close to the average of its pixels', async () => {
  const file = await toSharp(samplePicture(640, 480)).jpeg({ quality: 95 }).toBuffer()
  const square = await decodeSquare(file, options)
  const header = { ...(await toSharp(flatPicture([0, 0, 0])).metadata()), width: 640, height: 480 }
  const { pixels } = await decodePixels(file, { header, maxPixels: 1e7 })
  let sum = 0
  for (let y = 240; y < 270; y++) for (let x = 320; x < 360; x++) sum += pixels[(y * 640 + x) * 3]
  expect(Math.abs(pixelAt(square, 8, 8)[0] - sum / 1200)).toBeLessThan(4)
})

test.each([
  ['unsupported-image', Buffer.from('<svg/>'), {}],
  ['corrupt-image', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), {}],
  [
    'image-too-large',
    await toSharp(flatPicture([1, 1, 1], 50, 50))
      .png()
      .toBuffer(),
    { maxPixels: 99 },
  ],
])('%s is refused', async (code, file, limits) => {
  await expect(decodeSquare(file, { ...options, ...limits })).rejects.toMatchObject({ code })
})
