import { expect, test } from 'vitest'
import { stripReasoning } from './strip-reasoning.ts'

test.each([
  ['A dog.', 'A dog.'],
  ['<think>A cat?\nNo.</think>\n\nA dog.', 'A dog.'],
  ['<think>One.</think>A dog.<think>Two.</think>', 'A dog.'],
  ['<thinking>A cat?</thinking> A dog.', 'A dog.'],
  ['◁think▷A cat?◁/think▷A dog.', 'A dog.'],
  ['A cat? No.</think>A dog.', 'A dog.'],
  ['<think>A cat or', ''],
  ['<think></think>', ''],
  ['A sign that reads "I think".', 'A sign that reads "I think".'],
])('%j is the caption %j', (text, caption) => {
  expect(stripReasoning(text)).toBe(caption)
})
