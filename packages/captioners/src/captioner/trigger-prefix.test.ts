import { expect, test } from 'vitest'
import type { Captioner } from './captioner.ts'
import { prefixTrigger, withTriggerPrefix } from './trigger-prefix.ts'

test.each([
  ['a dog runs on a beach', 'photo of sks a dog runs on a beach'],
  ['A dog runs on a beach', 'photo of sks a dog runs on a beach'],
  ['A photo of a dog', 'photo of sks a dog'],
  ['Two dogs in Rome', 'photo of sks two dogs in Rome'],
  ['Rome at night', 'photo of sks Rome at night'],
])('%j becomes %j', (text, training) => {
  expect(prefixTrigger(text, 'sks')).toBe(training)
})

const captioner: Captioner = {
  name: 'plain',
  kind: 'builtin',
  description: 'for tests',
  styles: ['concise'],
  takesInstructions: false,
  sees: true,
  parent: null,
  sendsPixelsTo: null,
  modelVersion: '1',
  caption: async () => ({ text: 'a dog' }),
}

test('who takes no prompt can write training captions with it, fallbacks as well', () => {
  const { styles, fallbacks, caption } = withTriggerPrefix({ ...captioner, fallbacks: [captioner] })
  expect([styles, fallbacks?.[0]?.styles]).toEqual([
    ['concise', 'training'],
    ['concise', 'training'],
  ])
  expect(caption).toBe(captioner.caption) // the same captioner, whose failures are known
})

test('who is told the word, or has a way of its own to write it, stays as it is', () => {
  const told = { ...captioner, takesInstructions: true }
  expect(withTriggerPrefix(told)).toEqual(told)
  const own: Captioner = { ...captioner, styles: ['concise', 'training'] }
  expect(withTriggerPrefix(own)).toEqual(own)
})
