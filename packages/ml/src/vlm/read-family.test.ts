import { expect, test } from 'vitest'
import { readFamily } from './read-family.ts'

const read = (config: unknown) => readFamily(JSON.stringify(config), 'owner/name')

test.each([
  [{ model_type: 'vision-encoder-decoder', decoder: { model_type: 'gpt2' } }, 'vit-gpt2'],
  [{ model_type: 'florence2' }, 'florence-2'],
  [{ model_type: 'idefics3' }, 'smolvlm'],
  [{ model_type: 'smolvlm' }, 'smolvlm'],
])('%j is of the family %s', (config, family) => {
  expect(read(config)).toBe(family)
})

test.each([
  [{ model_type: 'donut' }, /of the type donut/],
  [{ model_type: 'vision-encoder-decoder', decoder: { model_type: 'mbart' } }, /with mbart/],
  [{}, /of the type none/],
])('%j is of none', (config, message) => {
  expect(() => read(config)).toThrow(message)
  expect(() => readFamily('no JSON', 'owner/name')).toThrow(/of the type none/)
})
