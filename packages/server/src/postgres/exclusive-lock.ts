import { existsSync, truncateSync } from 'node:fs'
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
    if (!isNoDatabase(error)) throw error
  }
  // Nobody holds it, or we would have been told that instead; and nothing is kept in the file.
  truncateSync(file)
  return takeExclusiveLock(file, { waitMs })
}

/** Whether a process holds the lock. Looks only. */
export function isLocked(file: string): boolean {
  if (!existsSync(file)) return false
  using lock = new DatabaseSync(file, { readOnly: true, timeout: 0 })
  try {
    lock.prepare('select count(*) from sqlite_schema').get()
    return false
  } catch (error) {
    return isBusy(error)
  }
}

/** https://www.sqlite.org/rescode.html: SQLITE_BUSY and SQLITE_LOCKED. */
const isBusy = (error: unknown) => [5, 6].includes(codeOf(error))

/** SQLITE_CORRUPT and SQLITE_NOTADB: something else was written into the file. */
const isNoDatabase = (error: unknown) => [11, 26].includes(codeOf(error))

const codeOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
