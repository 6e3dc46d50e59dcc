import { useEffect, useState } from 'react'
import { estimateRate, type Rate } from './batch-rate.ts'
import type { BatchState } from './create-batch.ts'

const TICK_MS = 1000

/** Speed and time left, looked at once a second so that the numbers stay readable. */
export function useBatchRate({ finished }: BatchState, left: number): Rate | undefined {
  const [now, setNow] = useState(() => performance.now())
  const isRunning = left > 0
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setNow(performance.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [isRunning])
  return isRunning ? estimateRate(finished, left, now) : undefined
}
