import { expect, test } from 'vitest'
import { estimateRate } from './batch-rate.ts'

test('one every half second leaves ten for five seconds', () => {
  const finished = [1000, 1500, 2000, 2500, 3000]
  expect(estimateRate(finished, 10, 3000)).toEqual({ perSecond: 2, leftMs: 5000 })
})

test('nothing is promised before two items are done', () => {
  expect(estimateRate([], 10, 3000)).toBeUndefined()
  expect(estimateRate([2900], 10, 3000)).toBeUndefined()
})

test('what was finished long ago no longer counts', () => {
  const burst = Array.from({ length: 100 }, (_, index) => index)
  expect(estimateRate(burst, 10, 60_000)).toBeUndefined()
})

test('a standstill makes the time left grow', () => {
  const finished = [1000, 2000]
  const soon = estimateRate(finished, 10, 2000)
  const later = estimateRate(finished, 10, 12_000)
  expect(later?.leftMs).toBeGreaterThan(soon?.leftMs ?? 0)
})
