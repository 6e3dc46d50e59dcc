import { useEffect, useState } from 'react'

// Long enough to be steady, short enough to follow a captioner that has become slower.
const WINDOW_MS = 20_000
const UPDATE_EVERY_MS = 1000

export type Rate = { perSecond: number; leftMs: number }

/** The rate of a batch, updated once a second so that the numbers can be read. */
export function useBatchRate(finished: readonly number[], left: number): Rate | undefined {
  const [now, setNow] = useState(() => performance.now())
  const isRunning = left > 0
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setNow(performance.now()), UPDATE_EVERY_MS)
    return () => clearInterval(timer)
  }, [isRunning])
  return isRunning ? estimateRate(finished, left, now) : undefined
}

/**
 * Speed and time left, from the times (ms) at which items were finished within the last window. Two of
 * them are needed: there is no speed with only one.
 */
export function estimateRate(
  finished: readonly number[],
  left: number,
  now: number,
): Rate | undefined {
  const recent = finished.filter((time) => now - time <= WINDOW_MS)
  const first = recent[0]
  if (first === undefined || recent.length < 2) return undefined
  const perSecond = (1000 * (recent.length - 1)) / Math.max(now - first, 1)
  return { perSecond, leftMs: (1000 * left) / perSecond }
}
