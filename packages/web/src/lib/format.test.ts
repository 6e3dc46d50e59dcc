import { expect, test } from 'vitest'
import { count, formatDollars, formatDuration, formatRecentTime, formatTokens } from './format.ts'

test.each([
  [1, '1 image'],
  [0, '0 images'],
  [1200, '1,200 images'],
])('an amount of %d is written with the right form of the noun', (amount, text) => {
  expect(count(amount, 'image')).toBe(text)
})

test.each([
  [0, '$0'],
  [0.000004, '<\u00a0$0.0001'],
  [0.00123, '$0.0012'],
  [0.075, '$0.075'],
  [1.25, '$1.25'],
  [0.3, '$0.30'],
  [1200, '$1,200'],
])('%d dollars are written as %s', (dollars, text) => {
  expect(formatDollars(dollars)).toBe(text)
})

test.each([
  [0.2, '< 1 ms'],
  [840.4, '840 ms'],
  [2350, '2.4 s'],
  [59_400, '59 s'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [3_600_000, '1 h'],
])('%d ms are written as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [1312, 24, '1,312 tokens in, 24 out'],
  [1, undefined, '1 token in'],
  [undefined, 24, '24 tokens out'],
  [undefined, undefined, undefined],
])('%s tokens in and %s out are written as far as they are known', (input, output, text) => {
  expect(formatTokens(input, output)).toBe(text)
})

test('the day is told only where it is not today', () => {
  const written = '2026-11-03T12:00:00'
  expect(formatRecentTime(written, new Date('2026-11-03T18:00:00'))).not.toContain('3')
  expect(formatRecentTime(written, new Date('2026-11-04T00:30:00'))).toMatch(/Nov.*, /)
})
