import { expect, test } from 'vitest'
import { CHANNEL_DEVIATIONS, CHANNEL_MEANS, drawView } from '../../image/draw-view.ts'
import { noisePicture } from '../../image/sample-pictures.ts'
import { createRandom } from '../../random.ts'
import { randomView } from './augment.ts'

const SIZE = 24

test('views by chance stay inside, of the area and proportions that were asked for', () => {
  const random = createRandom(1)
  const areas: number[] = []
  for (let i = 0; i < 5000; i++) {
    const view = randomView(SIZE, { leastArea: 0.4, colorRange: 0.3 }, random)
    expect(Math.min(view.left, view.top)).toBeGreaterThanOrEqual(0)
    expect(view.left + view.width).toBeLessThanOrEqual(SIZE + 1e-9)
    expect(view.top + view.height).toBeLessThanOrEqual(SIZE + 1e-9)
    expect(view.width / view.height).toBeGreaterThan(0.74)
    expect(view.width / view.height).toBeLessThan(1.34)
    for (const factor of [view.brightness, view.contrast, view.saturation]) {
      expect(Math.abs(factor - 1)).toBeLessThanOrEqual(0.3)
    }
    areas.push((view.width * view.height) / SIZE ** 2)
  }
  // A side as long as the picture's is cut off, so a few are a little smaller than the least.
  expect(Math.min(...areas)).toBeGreaterThan(0.4 * 0.9)
  expect(Math.max(...areas)).toBeLessThanOrEqual(1 + 1e-9)
})

test('the same chance gives the same view, other chance another', () => {
  const view = (seed: number) =>
    randomView(SIZE, { leastArea: 0.4, colorRange: 0.3 }, createRandom(seed))
  expect(view(3)).toEqual(view(3))
  expect(view(3)).not.toEqual(view(4))
})

test('what is drawn by chance is finite, and within the range of bytes', () => {
  const noise = noisePicture(SIZE, SIZE).pixels
  const random = createRandom(2)
  for (let i = 0; i < 300; i++) {
    const view = randomView(SIZE, { leastArea: 0.05, colorRange: 0.9 }, random)
    const drawn = new Float32Array(3 * 7 * 7)
    drawView(noise, SIZE, view, { into: drawn, offset: 0, side: 7 })
    for (const [at, value] of drawn.entries()) {
      const channel = Math.floor(at / 49)
      const byte = 255 * (value * CHANNEL_DEVIATIONS[channel]! + CHANNEL_MEANS[channel]!)
      if (!(byte >= -0.01 && byte <= 255.01)) expect(byte, `view ${i}, ${at}`).toBe('0 to 255')
    }
  }
})
