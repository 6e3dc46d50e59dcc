import { expect, test } from 'vitest'
import { formatDuration } from './format-duration.ts'

test.each([
  [0.2, '< 1 ms'],
  [840.4, '840 ms'],
  [2350, '2.4 s'],
  [59_400, '59 s'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [3_600_000, '1 h'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})
