import { setTimeout } from 'node:timers/promises'
import { HubError } from './hub-error.ts'
import type { HubSettings } from './hub-settings.ts'

/** Does `work` up to three times, as long as it fails with what may pass, and waits in between. */
export async function withRetries<Result>(
  { sleep = sleepFor }: Pick<HubSettings, 'sleep'>,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof HubError) || !error.retry || attempt === MAX_ATTEMPTS) throw error
      const { retryAfterMs = FIRST_DELAY_MS * 4 ** (attempt - 1) } = error
      if (retryAfterMs > MAX_DELAY_MS) throw error
      await sleep(retryAfterMs, signal)
    }
  }
}

async function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
}

const MAX_ATTEMPTS = 3
const FIRST_DELAY_MS = 500
const MAX_DELAY_MS = 60_000
