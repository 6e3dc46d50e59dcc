import { expect, test } from 'vitest'
import { createCiderReward } from './cider-reward.ts'

const references = [
  ['a dog runs on the grass', 'a brown dog is running'],
  ['a man rides a horse', 'a man on a brown horse'],
  ['two cats sleep', 'cats are asleep'],
]
const reward = createCiderReward(references)

test('a caption is worth more for its own image than for others', () => {
  const caption = { tokens: 'a dog runs on the grass', ended: true }
  expect(reward(0, caption)).toBeGreaterThan(reward(1, caption))
  expect(reward(2, caption)).toBeLessThan(0.5)
})

test('a caption that breaks off is worth less than one that ends', () => {
  const tokens = 'two cats sleep'
  expect(reward(2, { tokens, ended: true })).toBeGreaterThan(reward(2, { tokens, ended: false }))
})

test('words that no reference has are worth nothing', () => {
  expect(reward(0, { tokens: 'xyzzy plugh', ended: false })).toBe(0)
})
