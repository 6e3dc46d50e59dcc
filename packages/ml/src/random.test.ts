import { expect, test } from 'vitest'
import { createRandom, shuffle } from './random.ts'

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

test('every part of the seed counts, and so does its place', () => {
  const seeds = [[1], [1, 0], [0, 1], [1, 0, 0], [1, 2, 3], [3, 2, 1], [1, 3, 2], [-1], [2 ** 53]]
  const first = seeds.map((parts) => createRandom(...parts)())
  expect(new Set(first).size).toBe(seeds.length)
})

test('numbers lie from 0 up to 1, not 1 itself', () => {
  const random = createRandom(7)
  for (let i = 0; i < 100_000; i++) {
    const value = random()
    if (!(value >= 0 && value < 1)) expect(value).toBeUndefined()
  }
})

test('all orders of a shuffle are equally likely', () => {
  const random = createRandom(11)
  const counts = new Map<string, number>()
  for (let i = 0; i < 24_000; i++) {
    const order = shuffle([1, 2, 3, 4], random).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(24)
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130) // 4 deviations
})

test('a shuffle works in place, keeps what is there, and has nothing to do with one or none', () => {
  const items = Array.from({ length: 50 }, (_, i) => i)
  expect(shuffle(items, createRandom(1))).toBe(items)
  expect(items.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  expect(shuffle([], createRandom(1))).toEqual([])
  expect(shuffle(['a'], createRandom(1))).toEqual(['a'])
})
