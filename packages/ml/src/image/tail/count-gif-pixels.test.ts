import { expect, test } from 'vitest'
import { countGifPixels } from './count-gif-pixels.ts'

/** Codes of three bits: 4 clears, 5 ends; then of four, once 6 and 7 are given to runs. */
test.each([
  ['two pixels of their own', [4, 0, 1, 5], 2],
  ['a run of two after its pixels', [4, 0, 1, 6], 4],
  ['a run that the code itself defines', [4, 0, 6, 5], 3],
  ['an end before the last', [4, 0, 5, 1], 1],
  ['a code that nothing defines', [4, 0, 7], 1],
])('counts %s', async (_, codes, pixels) => {
  expect(await countGifPixels(pack(codes), { codeSize: 2, wanted: 100 })).toBe(pixels)
})

test('counts no further than is wanted, and nothing of an impossible size of codes', async () => {
  expect(await countGifPixels(pack([4, 0, 1, 6]), { codeSize: 2, wanted: 3 })).toBe(3)
  expect(await countGifPixels(pack([4, 0]), { codeSize: 12, wanted: 3 })).toBe(0)
})

/** Three bits each, the lowest first. */
function pack(codes: readonly number[]): Uint8Array {
  const bits = codes.map((code) => code.toString(2).padStart(3, '0').split('').reverse().join(''))
  const all = bits.join('')
  const bytes = all.match(/.{8}/g) ?? []
  const rest = all.slice(bytes.length * 8)
  return Uint8Array.from(
    [...bytes, rest.padEnd(8, '1')].map((text) =>
      Number.parseInt(text.split('').reverse().join(''), 2),
    ),
  )
}
