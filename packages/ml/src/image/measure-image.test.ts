import { expect, test } from 'vitest'
import type { Picture } from './decode-pixels.ts'
import { measureImage } from './measure-image.ts'
import { flatPicture, noisePicture } from './sample-pictures.ts'

/** A picture from a function of place. */
function paint(width: number, height: number, color: (x: number, y: number) => number[]): Picture {
  const pixels = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++)
    pixels.set(color(i % width, Math.floor(i / width)), i * 3)
  return { pixels, width, height }
}

test('pure red is one colour, and plain', () => {
  expect(measureImage(flatPicture([255, 0, 0], 300, 200))).toMatchObject({
    orientation: 'landscape',
    grayscale: false,
    colors: [{ name: 'red', share: 1 }],
    texture: 0,
    textureWord: 'plain',
  })
})

test('half white, half blue is told by halves', () => {
  const { colors } = measureImage(
    paint(200, 400, (_, y) => (y < 200 ? [255, 255, 255] : [0, 0, 255])),
  )

  expect(colors).toEqual([
    { name: 'blue', share: 0.5 },
    { name: 'white', share: 0.5 },
  ])
})

test.each([
  { value: 0, brightness: 0, word: 'dark' },
  { value: 70, brightness: 0.295, word: 'dim' },
  { value: 119, brightness: 0.5, word: 'balanced' },
  { value: 255, brightness: 1, word: 'bright' },
])('gray $value is $word', ({ value, brightness, word }) => {
  const measures = measureImage(flatPicture([value, value, value]))

  expect(measures.brightness).toBeCloseTo(brightness, 2)
  expect(measures).toMatchObject({ brightnessWord: word, grayscale: true })
})

test('a gray ramp is plain, gray, and in the middle', () => {
  const ramp = paint(256, 256, (x) => [x, x, x])

  const measures = measureImage(ramp)

  expect(measures).toMatchObject({ orientation: 'square', grayscale: true, textureWord: 'plain' })
  expect(measures.brightness).toBeCloseTo(0.52, 1)
  expect(measures.texture).toBeCloseTo(1 / 126, 2) // only half of the pairs lie along the ramp
})

test('a gray picture with a few coloured pixels is still gray, with a red corner it is not', () => {
  const inCorner = (side: number) => (x: number, y: number) =>
    x < side && y < side ? [200, 20, 20] : [90, 90, 90]

  expect(measureImage(paint(200, 200, inCorner(5))).grayscale).toBe(true)
  expect(measureImage(paint(200, 200, inCorner(40))).grayscale).toBe(false)
})

test('noise as coarse as the cells is busy', () => {
  expect(measureImage(noisePicture(64, 64))).toMatchObject({
    textureWord: 'busy',
    grayscale: false,
  })
})

test.each([
  [1, 1, 'square'],
  [5000, 1, 'landscape'],
  [1, 5000, 'portrait'],
  [65, 64, 'landscape'],
])('%d × %d pixels are measured too', (width, height, orientation) => {
  const measures = measureImage(flatPicture([0, 128, 0], width, height))

  expect(measures).toMatchObject({ orientation, texture: 0, colors: [{ name: 'green', share: 1 }] })
})

test('of 64 megapixels no more is looked at than of one', () => {
  let reads = 0
  const pixels = new Proxy(new Uint8Array(192e6), {
    get(bytes, key) {
      reads++
      return Reflect.get(bytes, key, bytes)
    },
  })

  measureImage({ pixels, width: 8000, height: 8000 })

  const colors = 256 * 256
  const light = 64 * 64 * 8 * 8
  expect(reads).toBeLessThan(3 * (colors + light) + 1000)
})

test('pixels that do not fit the size are refused', () => {
  expect(() => measureImage({ pixels: new Uint8Array(3), width: 2, height: 1 })).toThrow(
    '3 bytes are not 2 × 1 pixels of RGB.',
  )
})
