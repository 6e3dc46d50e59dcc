import { expect, test } from 'vitest'
import type { Captioner } from '../captioner/captioner.ts'
import { estimateCost, estimateTime } from './estimate.ts'

const captioner = (settings: Partial<Captioner>) => settings as Captioner
const work = { images: 100, styles: ['concise', 'alt'] as const }

test('costs are those of lean captions at least, and of all tokens allowed at most', () => {
  const price = { inputPerMillion: 1, outputPerMillion: 10, perImage: 0.001 }
  const priced = captioner({ price, sampling: { maxTokens: 100 } })
  const { low, high } = estimateCost(priced, { ...work, prompt: 'x'.repeat(400) })
  expect(low).toBeCloseTo(200 * (0.0003 + 0.0003 + 0.001), 9)
  expect(high).toBeCloseTo(200 * (0.0011 + 0.001 + 0.001), 9)
})

test('without a price it costs nothing', () => {
  expect(estimateCost(captioner({}), work)).toEqual({ low: 0, high: 0 })
})

test.each([
  ['one by one', {}, { low: 200, high: 400 }],
  ['as many at a time as the captioner takes', { limits: { parallel: 4 } }, { low: 50, high: 100 }],
  ['no faster than its limit a minute', { limits: { perMinute: 20 } }, { low: 540, high: 540 }],
])('the time is that of recent captions, %s', (_case, settings, seconds) => {
  const recentMs = [2000, 1000, 1000, 1000]
  expect(estimateTime(captioner(settings), work, { recentMs })).toEqual(seconds)
})

test('of a captioner that made no captions lately the time is not known', () => {
  expect(estimateTime(captioner({}), work, { recentMs: [] })).toBeNull()
})
