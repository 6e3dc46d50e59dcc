import { expect, test } from 'vitest'
import { CHANNEL_DEVIATIONS, CHANNEL_MEANS, drawView, type View, wholeView } from './draw-view.ts'
import { flatPicture, noisePicture, samplePicture, toSharp } from './sample-pictures.ts'

const SIZE = 24
const { pixels } = samplePicture(SIZE, SIZE)

function draw(from: Uint8Array, size: number, view: View, side: number): Float32Array {
  const into = new Float32Array(3 * side * side).fill(Number.NaN)
  drawView(from, size, view, { into, offset: 0, side })
  return into
}

/** The byte 0 to 255 that a drawn value stands for. */
const byteOf = (values: Float32Array, channel: number, place: number, side: number) =>
  255 *
  (values[channel * side * side + place]! * CHANNEL_DEVIATIONS[channel]! + CHANNEL_MEANS[channel]!)

test('the whole view of a picture of the same size is the picture, normalized, channel by channel', () => {
  const drawn = draw(pixels, SIZE, wholeView(SIZE), SIZE)
  for (let place = 0; place < SIZE * SIZE; place++) {
    for (let channel = 0; channel < 3; channel++) {
      expect(byteOf(drawn, channel, place, SIZE)).toBeCloseTo(pixels[place * 3 + channel]!, 3)
    }
  }
})

test('a view is written at its offset and nowhere else', () => {
  const into = new Float32Array(10 + 3 * 8 * 8 + 10).fill(7)
  drawView(pixels, SIZE, wholeView(SIZE), { into, offset: 10, side: 8 })
  expect(into.subarray(10, -10)).toEqual(draw(pixels, SIZE, wholeView(SIZE), 8))
  expect([...into.subarray(0, 10), ...into.subarray(-10)]).toEqual(Array(20).fill(7))
})

test('a mirrored view has left and right changed over, and nothing else', () => {
  const view = { ...wholeView(SIZE), left: 2.5, top: 1, width: 17, height: 20 }
  const [plain, mirrored] = [false, true].map((is) =>
    draw(pixels, SIZE, { ...view, mirrored: is }, 9),
  )
  const turned = plain!.map((_, i) => plain![i - (i % 9) + 8 - (i % 9)]!)
  expect(mirrored).toEqual(turned)
  expect(mirrored).not.toEqual(plain)
})

test('a cut shows its part: the top left quarter is the picture’s first rows and columns', () => {
  const view = { ...wholeView(SIZE), width: SIZE / 2, height: SIZE / 2 }
  const drawn = draw(pixels, SIZE, view, SIZE / 2)
  for (let y = 0; y < SIZE / 2; y++) {
    for (let x = 0; x < SIZE / 2; x++) {
      const place = (y * SIZE) / 2 + x
      expect(byteOf(drawn, 1, place, SIZE / 2)).toBeCloseTo(pixels[(y * SIZE + x) * 3 + 1]!, 3)
    }
  }
})

const gray = ([r, g, b]: number[]) => 0.299 * r! + 0.587 * g! + 0.114 * b!

test.each<[string, Partial<View>, (color: number[]) => number[]]>([
  ['factors of 1', {}, (color) => color],
  ['brightness', { brightness: 1.25 }, (color) => color.map((x) => x * 1.25)],
  ['saturation 0', { saturation: 0 }, (color) => color.map(() => gray(color))],
  [
    'contrast, in a picture of one colour',
    { contrast: 0.5 },
    (color) => color.map((x) => x / 2 + gray(color) / 2),
  ],
  [
    'brightness and contrast',
    { brightness: 0.5, contrast: 2 },
    (color) => color.map((x) => x - gray(color) / 2),
  ],
  ['too much brightness', { brightness: 100 }, () => [255, 255, 255]],
])('%s: each colour becomes what the formula says', (_what, factors, expected) => {
  const color = [120, 100, 80]
  const flat = flatPicture(color, 8, 8).pixels
  const drawn = draw(flat, 8, { ...wholeView(8), ...factors }, 4)
  for (const [channel, value] of expected(color).entries()) {
    for (const place of [0, 5, 15]) expect(byteOf(drawn, channel, place, 4)).toBeCloseTo(value, 3)
  }
})

test.each([20, 40, 80])(
  'a smooth picture drawn %d pixels a side is about what sharp makes of it',
  async (side) => {
    const smooth = await toSharp(noisePicture(8, 8)).resize(64, 64).raw().toBuffer()
    const drawn = draw(smooth, 64, wholeView(64), side)
    const picture = toSharp({ pixels: smooth, width: 64, height: 64 })
    const theirs = await picture
      .resize(side, side, { fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer()
    let sum = 0
    for (const [i, value] of theirs.entries()) {
      sum += Math.abs(byteOf(drawn, i % 3, Math.floor(i / 3), side) - value)
    }
    expect(sum / theirs.length).toBeLessThan(6)
  },
)
