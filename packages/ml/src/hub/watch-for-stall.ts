import { HubError } from './hub-error.ts'
import type { HubSettings } from './hub-settings.ts'

export type StallWatch = Disposable & {
  /** Fires when the other side said nothing for too long, and when the caller's own does. */
  signal: AbortSignal
  /** To be called whenever the other side said something. */
  received(): void
}

/** A deadline that moves on: a download may take hours, but not stand still. */
export function watchForStall(
  { stallTimeoutMs = 30_000 }: Pick<HubSettings, 'stallTimeoutMs'>,
  signal: AbortSignal,
): StallWatch {
  const silent = new AbortController()
  const timer = setTimeout(() => {
    const seconds = Math.ceil(stallTimeoutMs / 1000)
    const message = `The hub said nothing for ${seconds} s. Check the network and try again.`
    silent.abort(new HubError('unreachable', message))
  }, stallTimeoutMs)
  return {
    signal: AbortSignal.any([signal, silent.signal]),
    received: () => {
      timer.refresh()
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}
