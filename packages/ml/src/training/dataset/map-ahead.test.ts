import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { mapAhead } from './map-ahead.ts'

test('results come in the order of the items, and only so many are begun ahead', async () => {
  let running = 0
  let most = 0
  const work = async (item: number) => {
    most = Math.max(most, ++running)
    await setTimeout(item % 2 === 0 ? 4 : 1)
    return item
  }
  const results = []
  for await (const result of mapAhead([0, 1, 2, 3, 4, 5, 6], { ahead: 3 }, work)) {
    running--
    results.push(result)
  }
  expect(results).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(most).toBe(3)
})

test('a failure comes at its place, and later ones are no unhandled rejections', async () => {
  const work = async (item: number) => {
    if (item > 1) throw new Error(`item ${item}`)
    return item
  }
  const results: number[] = []
  const read = async () => {
    for await (const result of mapAhead([0, 1, 2, 3], { ahead: 4 }, work)) results.push(result)
  }
  await expect(read()).rejects.toThrow('item 2')
  expect(results).toEqual([0, 1])
})
