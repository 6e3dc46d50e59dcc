import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { HubError } from './hub-error.ts'

/**
 * Has `work` done by one process at a time; the others wait. A lock is a file that whoever holds it
 * touches all the time: one that is not touched is of a process that is gone.
 */
export async function withLock<Result>(
  path: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  await using lock = keep(await take(path, signal), path)
  return await work(AbortSignal.any([signal, lock.lost]))
}

async function take(path: string, signal: AbortSignal): Promise<FileHandle> {
  for (;;) {
    signal.throwIfAborted()
    const handle = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    if (handle) return handle
    if (await isStale(path)) await rm(path, { force: true })
    else await setTimeout(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

const isStale = async (path: string): Promise<boolean> =>
  Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now()) > STALE_MS

/** `lost` fires when another process took the lock, which it does after a long standstill of ours. */
function keep(handle: FileHandle, path: string): AsyncDisposable & { lost: AbortSignal } {
  const lost = new AbortController()
  const isOurs = async () => (await handle.stat()).nlink > 0
  const touch = async () => {
    if (await isOurs()) await handle.utimes(new Date(), new Date())
    else lost.abort(new HubError('not-written', `${path} was taken by another process. Try again.`))
  }
  const timer = setInterval(
    () => void touch().catch((error) => lost.abort(error)),
    TOUCH_MS,
  ).unref()
  return {
    lost: lost.signal,
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      if (await isOurs()) await rm(path, { force: true })
      await handle.close()
    },
  }
}

const POLL_MS = 100
const TOUCH_MS = 5_000
const STALE_MS = 30_000
