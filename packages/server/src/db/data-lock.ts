import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another process holds the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse'
}

export type DataLock = { release(): void }

/**
 * Takes the data folder for this process, or throws `DataFolderInUse`. The lock is the operating
 * system's, through SQLite's exclusive lock on a file: it ends with the process, however that dies,
 * so a stale one cannot exist. (A file with a process id cannot tell a dead owner from a new
 * process with its number, and in containers everybody is number 1.)
 */
export function takeDataLock(dataFolder: string): DataLock {
  const ownerFile = join(dataFolder, 'owner.txt')
  const lock = new DatabaseSync(join(dataFolder, 'lock'))
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new DataFolderInUse(
      `${dataFolder} is in use by another Descry (${readOwner(ownerFile)}). Stop that one, or choose another folder with DESCRY_DATA. To run several processes, use Postgres (DATABASE_URL).`,
      { cause: error },
    )
  }
  writeFileSync(ownerFile, `process ${process.pid} on ${hostname()}`)
  return { release: () => lock.close() }
}

function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return 'just starting'
  }
}
