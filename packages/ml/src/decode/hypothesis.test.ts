import { expect, test } from 'vitest'
import { meanLogProb } from './hypothesis.ts'

test('the mean log p counts the end token too', () => {
  expect(meanLogProb({ tokens: [5, 6], logProbs: [-1, -2, -6], score: 0, ended: true })).toBe(-3)
})
