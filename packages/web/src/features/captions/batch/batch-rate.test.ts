import { expect, test } from 'vitest'
import { estimateRate } from './batch-rate.ts'

test('at two items per second, ten items take five seconds', () => {
  const finished = [1000, 1500, 2000, 2500, 3000]
  expect(estimateRate(finished, 10, 3000)).toEqual({ perSecond: 2, leftMs: 5000 })
})

test('nothing is estimated before two items are finished', () => {
  expect(estimateRate([], 10, 3000)).toBeUndefined()
  expect(estimateRate([2900], 10, 3000)).toBeUndefined()
})

test('items that were finished long ago do not count', () => {
  const burst = Array.from({ length: 100 }, (_, index) => index)
  expect(estimateRate(burst, 10, 60_000)).toBeUndefined()
})

test('the time left grows while nothing is finished', () => {
  const finished = [1000, 2000]
  const soon = estimateRate(finished, 10, 2000)
  const later = estimateRate(finished, 10, 12_000)
  expect(later?.leftMs).toBeGreaterThan(soon?.leftMs ?? 0)
})
