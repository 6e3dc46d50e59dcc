import { DatabaseSync } from 'node:sqlite'

/**
 * Takes the lock, waiting for a while; nothing comes back if another process holds it. The lock is
 * the operating system's, through SQLite's exclusive lock on a file: it ends with the process,
 * however that dies, so a stale one cannot exist.
 */
export function takeExclusiveLock(
  file: string,
  { waitMs }: { waitMs: number },
): Disposable | undefined {
  const lock = new DatabaseSync(file, { timeout: waitMs })
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return { [Symbol.dispose]: () => lock.close() }
  } catch (error) {
    lock.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

/** https://www.sqlite.org/rescode.html: SQLITE_BUSY and SQLITE_LOCKED. */
const isBusy = (error: unknown) =>
  error instanceof Error && 'errcode' in error && [5, 6].includes(Number(error.errcode))
