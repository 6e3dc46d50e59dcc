// Loaded into the measured server: how late its event loop was.
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delays = monitorEventLoopDelay({ resolution: 10 })
setTimeout(() => delays.enable(), 2000).unref() // starting is not captioning
process.on('exit', () => {
  const file = process.env.BENCH_DELAYS
  if (!file) return
  // The histogram counts from the timer's own period of 10 ms.
  const milliseconds = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - 10)
  const [p50, p99, max] = [delays.percentile(50), delays.percentile(99), delays.max]
  writeFileSync(
    file,
    JSON.stringify({ p50: milliseconds(p50), p99: milliseconds(p99), max: milliseconds(max) }),
  )
})
