import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mapInOrder } from './map-in-order.ts'

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const result of results) all.push(result)
  return all
}

const never = new AbortController().signal

test('results come in the order of the items, however long each takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(8), { maxLength: 15 }),
      fc.integer({ min: 1, max: 5 }),
      async (delays, parallel) => {
        const options = { parallel, signal: never }
        const results = mapInOrder([...delays.entries()], options, async ([i, delay]) => {
          await sleep(delay)
          return i
        })
        expect(await collect(results)).toEqual(delays.map((_, i) => i))
      },
    ),
    { numRuns: 30 },
  )
})

test('a free slot takes the next item while another is slow, and no more than allowed run', async () => {
  let running = 0
  let most = 0
  const finished: string[] = []
  const othersDone = Promise.withResolvers<void>()
  const items = ['slow', 'a', 'b', 'c']
  const results = mapInOrder(items, { parallel: 2, signal: never }, async (item) => {
    most = Math.max(most, ++running)
    if (item === 'slow') await othersDone.promise
    if (item === 'c') othersDone.resolve()
    running--
    finished.push(item)
    return item
  })
  expect(await collect(results)).toEqual(items)
  expect(finished).toEqual(['a', 'b', 'c', 'slow'])
  expect(most).toBe(2)
})

test('after an abort nothing new begins, and what is done still comes', async () => {
  const controller = new AbortController()
  const begun: number[] = []
  const results = mapInOrder(
    [1, 2, 3, 4],
    { parallel: 2, signal: controller.signal },
    async (item) => {
      begun.push(item)
      if (item === 2) controller.abort()
      return item === 1 ? undefined : item // 1 was stopped half-way
    },
  )
  expect(await collect(results)).toEqual([2])
  expect(begun).toEqual([1, 2])
})

test('work that throws ends the results with its error', async () => {
  const results = mapInOrder([1, 2], { parallel: 1, signal: never }, async (item) => {
    if (item === 2) throw new Error('a bug')
    return item
  })
  expect((await results.next()).value).toBe(1)
  await expect(results.next()).rejects.toThrow('a bug')
})
