import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packVisualWords, unpackVisualWords } from './visual-words-file.ts'

const words = {
  things: new Set(['man', 'dog']),
  actions: new Set(['run']),
  irregular: { things: new Map([['men', 'man']]), actions: new Map<string, string>() },
}

test('what is packed is unpacked, whatever the order it came in', () => {
  const packed = packVisualWords(words)
  expect(unpackVisualWords(packed)).toEqual(words)
  expect(packVisualWords({ ...words, things: new Set(['dog', 'man']) })).toEqual(packed)
})

test('another file is refused', () => {
  expect(() => unpackVisualWords(brotliCompressSync(Buffer.from('dog\nrun')))).toThrow(
    'A list of visual words has four lines, this one 2.',
  )
})
