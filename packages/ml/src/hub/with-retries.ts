import { setTimeout } from 'node:timers/promises'
import { HubError } from './hub-error.ts'
import type { HubSettings } from './hub-settings.ts'

/** Does `work` up to three times, as long as it fails with what may pass, and waits in between. */
export async function withRetries<Result>(
  { sleep = sleepFor }: Pick<HubSettings, 'sleep'>,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof HubError) || !error.retry || tries === MOST_TRIES) throw error
      const { retryAfterMs = FIRST_WAIT_MS * 4 ** (tries - 1) } = error
      if (retryAfterMs > LONGEST_WAIT_MS) throw error
      await sleep(retryAfterMs, signal)
    }
  }
}

async function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
}

const MOST_TRIES = 3
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 60_000
