import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createThrottle } from './create-throttle.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('many calls become one run now and one at the end of the interval', () => {
  const run = vi.fn()
  const throttled = createThrottle(run, 500)

  throttled()
  vi.advanceTimersByTime(0)
  expect(run).toHaveBeenCalledTimes(1)

  for (let call = 0; call < 10; call++) throttled()
  vi.advanceTimersByTime(400)
  expect(run).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(100)
  expect(run).toHaveBeenCalledTimes(2)
})
