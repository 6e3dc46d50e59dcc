import type { Io, Output, StopReason } from './command.ts'

export type StopSignal = Disposable & { signal: AbortSignal }

/** Conventional exit codes of a program that a signal ended: 128 + its number. */
export const stoppedExitCodes = { SIGINT: 130, SIGTERM: 143 } as const satisfies Record<
  StopReason,
  number
>

/**
 * Aborts (its reason: the signal's name) at the first SIGINT or SIGTERM. A second one ends the
 * process at once, for those who do not want to wait.
 */
export function listenForStop({ signals, kill }: Pick<Io, 'signals' | 'kill'>): StopSignal {
  const controller = new AbortController()
  let stoppedAt = 0
  const onSignal = (name: StopReason) => {
    if (!controller.signal.aborted) {
      stoppedAt = performance.now()
      controller.abort(name)
    } else if (performance.now() - stoppedAt > SAME_KEY_PRESS_MS) {
      // By the signal itself: an orderly exit would wait for threads that compute, and crash in them.
      stopListening()
      kill(name)
    }
  }
  const stopListening = () => {
    signals.off('SIGINT', onSignal)
    signals.off('SIGTERM', onSignal)
  }
  signals.on('SIGINT', onSignal)
  signals.on('SIGTERM', onSignal)
  return { signal: controller.signal, [Symbol.dispose]: stopListening }
}

/** The terminal tells us and our parents about Ctrl-C, and npm and our own shim pass it on once more. */
const SAME_KEY_PRESS_MS = 500

export const isStopReason = (reason: unknown): reason is StopReason =>
  typeof reason === 'string' && Object.hasOwn(stoppedExitCodes, reason)

/** The work's exit code; when a signal ended it, that signal's, and `message` on stderr. */
export async function untilStopped(
  { signal, stderr, message }: { signal: AbortSignal; stderr: Output; message: string },
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!signal.aborted || !isStopReason(signal.reason)) throw error
    stderr.write(`${message}\n`)
    return stoppedExitCodes[signal.reason]
  }
}
