import { expect, test } from 'vitest'
import { pixelStatisticCount, pixelStatistics } from './pixel-statistics.ts'
import { flatPicture, noisePicture } from './sample-pictures.ts'

const SIZE = 32
const [SAME, CLOSE, EDGES, STRAIGHT, COMMONEST, WHITE, BLACK, PLAIN] = [0, 1, 3, 6, 8, 16, 17, 18]

test.each([
  ['noise', noisePicture(SIZE, SIZE).pixels],
  ['white', flatPicture([255, 255, 255], SIZE, SIZE).pixels],
  ['one pixel', flatPicture([1, 2, 3], 1, 1).pixels],
])('%s has as many statistics as there are said to be, all from 0 to 1', (_what, pixels) => {
  const statistics = pixelStatistics(pixels, Math.sqrt(pixels.length / 3))
  expect(statistics).toHaveLength(pixelStatisticCount)
  for (const value of statistics) expect(value).toSatisfy((x: number) => x >= 0 && x <= 1)
})

test('an even picture is all of one colour, and noise is of none', () => {
  const even = pixelStatistics(flatPicture([255, 255, 255], SIZE, SIZE).pixels, SIZE)
  expect([SAME, CLOSE, COMMONEST, WHITE, PLAIN].map((i) => even[i])).toEqual([1, 1, 1, 1, 1])
  expect(even[BLACK]).toBe(0)
  const noise = pixelStatistics(noisePicture(SIZE, SIZE).pixels, SIZE)
  for (const i of [SAME, COMMONEST, WHITE, BLACK, PLAIN]) expect(noise[i]).toBeLessThan(0.05)
  expect(noise[EDGES]).toBeGreaterThan(0.9)
})

test('edges along rows and columns are straight, and those of noise are not', () => {
  const stripes = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) =>
    Math.floor(i / 3) % 8 < 4 ? 0 : 255,
  )
  expect(pixelStatistics(stripes, SIZE)[STRAIGHT]).toBe(1)
  expect(pixelStatistics(noisePicture(SIZE, SIZE).pixels, SIZE)[STRAIGHT]).toBeLessThan(0.1)
})
