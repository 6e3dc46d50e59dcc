import type { Output } from '../command.ts'
import { formatTimeLeft } from '../format-time-left.ts'

type Clock = () => number

/** `onnx/model.onnx  12/248 MB  4.1 MB/s  58 s left`, on a terminal only. */
export function startDownloadProgress(stream: Output, now: Clock = () => performance.now()) {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} }
  const started = now()
  let first: number | undefined
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    show({ path, done, total }: { path: string; done: number; total: number }) {
      first ??= done
      if (now() - drawnAt < REDRAW_MS && done < total) return
      drawnAt = now()
      const speed = (done - first) / (now() - started) / 1000 // MB/s: bytes in milliseconds
      stream.write(`${CLEAR_LINE}${describe({ path, done, total, speed })}`)
    },
    clear: () => void stream.write(CLEAR_LINE),
  }
}

type Download = { path: string; done: number; total: number; speed: number }

export function describe({ path, done, total, speed }: Download): string {
  const amount = `${path}  ${mb(done)}/${mb(total)} MB`
  if (!(speed > 0)) return amount
  const left = formatTimeLeft((total - done) / 1e6 / speed)
  return `${amount}  ${speed.toFixed(1)} MB/s  ${left} left`
}

const mb = (bytes: number) => (bytes / 1e6).toFixed(0)

const REDRAW_MS = 100
const CLEAR_LINE = '\r\u001b[2K'
