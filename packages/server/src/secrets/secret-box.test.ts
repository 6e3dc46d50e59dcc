import { expect, test } from 'vitest'
import { createSecretBox } from './secret-box.ts'

const box = createSecretBox('a secret of at least thirty-two characters')

test('what is sealed opens again, and never looks the same twice', () => {
  const first = box.seal('sk-äß-key', 'gemini')
  const second = box.seal('sk-äß-key', 'gemini')
  expect(box.open(first, 'gemini')).toBe('sk-äß-key')
  expect(first.equals(second)).toBe(false)
  expect(first.includes('sk-')).toBe(false)
})

test.each([
  ['under another secret', () => createSecretBox('another one').open(box.seal('k', 'a'), 'a')],
  ['for another captioner', () => box.open(box.seal('k', 'a'), 'b')],
  ['changed in one bit', () => box.open(flip(box.seal('key', 'a')), 'a')],
  ['cut off', () => box.open(box.seal('key', 'a').subarray(0, 20), 'a')],
  ['empty', () => box.open(new Uint8Array(), 'a')],
])('what was sealed %s is refused, in words', (_name, open) => {
  expect(open).toThrow(/cannot be opened.*Enter the key again/)
})

const flip = (sealed: Buffer) => Buffer.from(sealed.with(sealed.length - 1, sealed.at(-1)! ^ 1))
