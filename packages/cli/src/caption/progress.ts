import type { Output } from '../command.ts'
import { formatTimeLeft } from '../format-time-left.ts'

export type Progress = {
  /** One more image is done, or several. */
  advance(images?: number): void
  /** Takes the line away, so that something else can be written. */
  clear(): void
}

type Clock = () => number

/** `12/100  3.4 images/s  26 s left`, on a terminal only. */
export function startProgress(
  stream: Output,
  total: number,
  now: Clock = () => performance.now(),
): Progress {
  if (!stream.isTTY || total < 2) return { advance() {}, clear() {} }
  const started = now()
  let done = 0
  let drawnAt = 0
  return {
    advance(images = 1) {
      done += images
      if (images === 0) return
      if (now() - drawnAt < REDRAW_MS) return
      drawnAt = now()
      stream.write(`${CLEAR_LINE}${describeProgress({ done, total, ms: now() - started })}`)
    },
    clear: () => void stream.write(CLEAR_LINE),
  }
}

export function describeProgress({ done, total, ms }: { done: number; total: number; ms: number }) {
  const perSecond = done / (ms / 1000)
  const left = formatTimeLeft((total - done) / perSecond)
  return `${done}/${total}  ${perSecond.toFixed(1)} images/s  ${left} left`
}

const REDRAW_MS = 100
const CLEAR_LINE = '\r\u001b[2K'
