import { HubError } from './hub-error.ts'
import type { HubSettings } from './hub-settings.ts'

export type Silence = Disposable & {
  /** Fires when the other side said nothing for too long, and when the caller's own does. */
  signal: AbortSignal
  /** To be called whenever the other side said something. */
  heard(): void
}

/** A deadline that moves on: a download may take hours, but not stand still. */
export function watchSilence(
  { silenceMs = 30_000 }: Pick<HubSettings, 'silenceMs'>,
  signal: AbortSignal,
): Silence {
  const silent = new AbortController()
  const timer = setTimeout(() => {
    const seconds = Math.ceil(silenceMs / 1000)
    const message = `The hub said nothing for ${seconds} s. Check the network and try again.`
    silent.abort(new HubError('unreachable', message))
  }, silenceMs)
  return {
    signal: AbortSignal.any([signal, silent.signal]),
    heard: () => {
      timer.refresh()
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}
