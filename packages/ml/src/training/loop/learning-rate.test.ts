import { expect, test } from 'vitest'
import { learningRate } from './learning-rate.ts'

const options = { highest: 1, lowest: 0.02, warmup: 10, steps: 110 }
const at = (step: number) => learningRate(step, options)

test('it rises in a straight line, from the first share on, to the highest', () => {
  for (let step = 0; step < 10; step++) expect(at(step)).toBeCloseTo((step + 1) / 10, 12)
  expect(at(10)).toBe(1)
})

test('it falls along half a cosine: half of the way at half of the time', () => {
  expect(at(60)).toBeCloseTo((1 + 0.02) / 2, 12)
  expect(at(35)).toBeCloseTo(0.02 + (0.98 * (1 + Math.SQRT1_2)) / 2, 12)
  for (let step = 10; step < 110; step++) expect(at(step + 1)).toBeLessThan(at(step))
})

test('it stays at the lowest from the last step on', () => {
  expect(at(110)).toBeCloseTo(0.02, 12)
  expect(at(1000)).toBeCloseTo(0.02, 12)
})

test('without warm-up it begins at the highest; with nothing else it ends there', () => {
  expect(learningRate(0, { ...options, warmup: 0 })).toBe(1)
  expect(learningRate(9, { ...options, steps: 10 })).toBe(1)
  expect(learningRate(0, { ...options, warmup: 0, steps: 1 })).toBe(1)
})
