import { expect, test } from 'vitest'
import { describeStep } from './train-progress.ts'

const step = {
  epoch: 3,
  epochs: 60,
  step: 41,
  steps: 93,
  captionLoss: 4.306,
  labelLoss: 0.1,
  gradientNorm: 1,
  rate: 0.001,
  images: 64,
}

test('progress says where the run is, its loss, its speed and how long it takes', () => {
  expect(describeStep(step, { done: 41, seconds: 41 * 1.2 })).toBe(
    'epoch 3/60  41/93  loss 4.31  53 images/s  1 h 48 min left',
  )
})

test('the last second of a run is a second', () => {
  const last = { ...step, epoch: 60, step: 92 }
  expect(describeStep(last, { done: 100, seconds: 60 })).toMatch(/ {2}1 s left$/)
})

test('of self-critical training the reward is shown, as its loss means little', () => {
  expect(describeStep({ ...step, reward: 0.4321 }, { done: 1, seconds: 1 })).toContain(
    'reward 0.432',
  )
})

test('with a teacher its loss is shown as well, or alone where nothing else is learned', () => {
  const { captionLoss: _, labelLoss: __, ...taught } = { ...step, teachLoss: 0.8123 }
  expect(describeStep({ ...step, teachLoss: 0.8123 }, { done: 1, seconds: 1 })).toContain(
    'loss 4.31  teaching 0.812',
  )
  expect(describeStep(taught, { done: 41, seconds: 41 * 1.2 })).toBe(
    'epoch 3/60  41/93  teaching 0.812  53 images/s  1 h 48 min left',
  )
})
