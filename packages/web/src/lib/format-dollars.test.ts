import { expect, test } from 'vitest'
import { formatDollars } from './format-dollars.ts'

test.each([
  [0, '$0'],
  [0.000004, '<\u00a0$0.0001'],
  [0.00123, '$0.0012'],
  [0.075, '$0.075'],
  [1.25, '$1.25'],
  [0.3, '$0.30'],
  [1200, '$1,200'],
])('%d dollars are %s', (dollars, text) => {
  expect(formatDollars(dollars)).toBe(text)
})
