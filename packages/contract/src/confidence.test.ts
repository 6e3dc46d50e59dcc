import { expect, test } from 'vitest'
import { describeConfidence } from './confidence.ts'

test.each([
  [1, 'sure'],
  [0.6, 'sure'],
  [0.5999, 'fairly sure'],
  [0.35, 'fairly sure'],
  [0.3499, 'unsure'],
  [0, 'unsure'],
])('a confidence of %d is said to be %s', (confidence, level) => {
  expect(describeConfidence(confidence)).toBe(level)
})
