import { useEffect, useState } from 'react'

// Long enough to be steady, short enough to follow a captioner that has become slower.
const WINDOW_MS = 20_000
const UPDATE_EVERY_MS = 1000

export type Rate = { perSecond: number; leftMs: number }

/** How many items were finished at a time, in ms. */
type Sample = { at: number; done: number }

/** The rate of a batch since this page shows it, updated once a second so that it can be read. */
export function useBatchRate({ done, total }: { done: number; total: number }): Rate | undefined {
  const isRunning = done < total
  const [samples, setSamples] = useState<readonly Sample[]>([])
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const at = performance.now()
    setSamples((all) => [...all.filter((sample) => at - sample.at <= WINDOW_MS), { at, done }])
  }, [done])
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setNow(performance.now()), UPDATE_EVERY_MS)
    return () => clearInterval(timer)
  }, [isRunning])
  return isRunning ? estimateRate(samples, total - done, now) : undefined
}

/** Speed and time left, from what was finished within the last window, which needs two samples. */
export function estimateRate(
  samples: readonly Sample[],
  left: number,
  now: number,
): Rate | undefined {
  const recent = samples.filter(({ at }) => now - at <= WINDOW_MS)
  const [first, last] = [recent[0], recent.at(-1)]
  if (!first || !last || last.done <= first.done) return undefined
  const perSecond = (1000 * (last.done - first.done)) / Math.max(now - first.at, 1)
  return { perSecond, leftMs: (1000 * left) / perSecond }
}
