import { expect, test } from 'vitest'
import { createPool } from './create-pool.ts'

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1))

test('never more than the limit run at once, and all of them run', async () => {
  const run = createPool(4)
  let running = 0
  let most = 0
  const results = await Promise.all(
    Array.from({ length: 25 }, (_, index) =>
      run(async () => {
        most = Math.max(most, ++running)
        await pause()
        running--
        return index
      }),
    ),
  )
  expect(most).toBe(4)
  expect(results).toEqual(Array.from({ length: 25 }, (_, index) => index))
})

test('a task that fails frees its slot', async () => {
  const run = createPool(1)
  await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await run(async () => 'next')).toBe('next')
})
