import { setTimeout as sleep } from 'node:timers/promises'
import { toAppError } from '../to-app-error.ts'
import type { Log } from './define-job.ts'

/**
 * Repeats a write for as long as the database cannot be reached or its disk is full: what was paid
 * for (a caption, the news of a failure) must not get lost over that. `write` must be safe to repeat,
 * because the connection may break after the commit. Gives up after ten minutes, or
 * when `signal` says that somebody waits for us to end: the job is found among the orphans then.
 */
export async function untilDatabaseAnswers<Result>(
  write: () => Promise<Result>,
  { log, signal, minutes = 10 }: { log?: Log; signal?: AbortSignal; minutes?: number } = {},
): Promise<Result> {
  const deadline = performance.now() + minutes * 60_000
  for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      return await write()
    } catch (error) {
      const passing = toAppError(error)?.code
      if (passing !== 'database-unavailable' && passing !== 'storage-full') throw error
      if (performance.now() + wait > deadline || signal?.aborted) throw error
      log?.warn({ error, wait }, 'waiting for the database')
      await sleep(wait, undefined, { ...(signal && { signal }) }).catch(() => {}) // aborted: once more
    }
  }
}
