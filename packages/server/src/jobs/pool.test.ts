import { expect, test } from 'vitest'
import type { Delivery } from '../queue/queue.ts'
import { startPool } from './pool.ts'

/** A queue of `count` deliveries whose work ends when the test says so. */
function world({ count, concurrency }: { count: number; concurrency: number }) {
  let waiting = Array.from(
    { length: count },
    (_, i): Delivery => ({ id: `${i}`, data: {}, lastAttempt: false }),
  )
  const running = new Map<string, () => void>()
  let fetches = 0
  const errors: unknown[] = []
  const pool = startPool({
    queue: {
      async fetch(_kind, wanted) {
        fetches++
        const taken = waiting.slice(0, wanted)
        waiting = waiting.slice(wanted)
        return taken
      },
    },
    kind: 'test',
    concurrency,
    ready: async () => {},
    work: ({ id }) =>
      new Promise((resolve) => {
        running.set(id, () => {
          running.delete(id)
          resolve()
        })
      }),
    onError: (error) => errors.push(error),
  })
  return { pool, running, errors, fetches: () => fetches }
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 20))

test('a free slot takes the next delivery without waiting for the slowest', async () => {
  const { pool, running } = world({ count: 4, concurrency: 2 })
  await soon()
  expect([...running.keys()]).toEqual(['0', '1'])
  running.get('1')?.()
  await soon()
  expect([...running.keys()]).toEqual(['0', '2'])
  for (const end of [...running.values()]) end()
  await soon()
  for (const end of [...running.values()]) end()
  await pool.stop()
})

test('woken while every slot is taken, it rests instead of spinning', async () => {
  const { pool, running, fetches } = world({ count: 1, concurrency: 1 })
  await soon()
  const before = fetches()
  for (let i = 0; i < 10; i++) pool.wake()
  await soon() // a spinning loop would never let this timer fire
  expect(fetches()).toBe(before)
  running.get('0')?.()
  await pool.stop()
})

test('a stop begins nothing more and waits for what is in hand', async () => {
  const { pool, running } = world({ count: 2, concurrency: 1 })
  await soon()
  let stopped = false
  const stopping = pool.stop().then(() => {
    stopped = true
  })
  await soon()
  expect(stopped).toBe(false)
  running.get('0')?.()
  await stopping
  expect(running.size).toBe(0)
})
