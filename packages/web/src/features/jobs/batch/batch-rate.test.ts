import { expect, test } from 'vitest'
import { estimateRate } from './batch-rate.ts'

test('at two items per second, ten items take five seconds', () => {
  const samples = [
    { at: 1000, done: 5 },
    { at: 2000, done: 6 },
    { at: 3000, done: 9 },
  ]
  expect(estimateRate(samples, 10, 3000)).toEqual({ perSecond: 2, leftMs: 5000 })
})

test('nothing is estimated before anything was finished', () => {
  expect(estimateRate([], 10, 3000)).toBeUndefined()
  expect(estimateRate([{ at: 2900, done: 3 }], 10, 3000)).toBeUndefined()
})

test('nothing is estimated of a batch that was retried, whose count went back', () => {
  const samples = [
    { at: 1000, done: 10 },
    { at: 2000, done: 7 },
  ]
  expect(estimateRate(samples, 3, 2000)).toBeUndefined()
})

test('items that were finished long ago do not count', () => {
  const samples = Array.from({ length: 100 }, (_, index) => ({ at: index, done: index }))
  expect(estimateRate(samples, 10, 60_000)).toBeUndefined()
})

test('the time left grows while nothing is finished', () => {
  const samples = [
    { at: 1000, done: 0 },
    { at: 2000, done: 2 },
  ]
  const soon = estimateRate(samples, 10, 2000)
  const later = estimateRate(samples, 10, 12_000)
  expect(later?.leftMs).toBeGreaterThan(soon?.leftMs ?? 0)
})
