import { afterEach, beforeEach, vi } from 'vitest'

/**
 * In the tests of this file nothing takes time: as soon as all that is left is waiting for a timer, it
 * is that timer's time. What is then read from a clock is exact, however busy the machine is.
 *
 * Not for tests that wait for something outside the process, which knows nothing of this time.
 */
export function useVirtualTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ fakeNodeBuiltins: true }) // those of node:timers/promises as well
    vi.setTimerTickMode('nextTimerAsync')
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(abortAfter)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
}

/** `AbortSignal.timeout`, whose own timer cannot be replaced. */
function abortAfter(ms: number): AbortSignal {
  const controller = new AbortController()
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  setTimeout(() => controller.abort(reason), ms)
  return controller.signal
}
