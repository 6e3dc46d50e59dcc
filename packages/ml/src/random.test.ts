import { expect, test } from 'vitest'
import { createRandom } from './random.ts'

test('one seed is one stream', () => {
  const [a, b] = [createRandom(2 ** 40 + 5), createRandom(2 ** 40 + 5)]
  for (let i = 0; i < 100; i++) expect(a()).toBe(b())
})

test('numbers are spread evenly, within a stream and over seeds next to each other', () => {
  const inStream = createRandom(1)
  const tenths = [0, 1].map(() => Array(10).fill(0))
  for (let i = 0; i < 100_000; i++) {
    tenths[0][Math.floor(inStream() * 10)]++
    tenths[1][Math.floor(createRandom(i)() * 10)]++
  }
  for (const count of tenths.flat()) expect(Math.abs(count - 10_000)).toBeLessThan(400) // 4 deviations
})

test('seeds that differ in high or low bits only have unrelated streams', () => {
  const streams = [0, 1, 2, 2 ** 32, 2 ** 33].map((seed) => createRandom(seed))
  const bits = streams.map((random) => Array.from({ length: 2000 }, () => random() < 0.5))
  for (const [i, a] of bits.entries())
    for (const b of bits.slice(i + 1)) {
      const same = a.filter((bit, n) => bit === b[n]).length
      expect(Math.abs(same - 1000)).toBeLessThan(100) // more than 4 deviations
    }
})
