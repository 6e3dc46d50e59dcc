import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { TrainError } from './train-error.ts'

/**
 * Takes the folder of a run for this process, and takes away the drafts that a killed one left. The lock
 * is the operating system's, through SQLite: it ends with the process, however that dies.
 */
export async function lockRun(folder: string): Promise<Disposable> {
  const lock = new DatabaseSync(join(folder, '.lock'))
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new TrainError(`Another training writes to ${folder}. Stop it, or give another --out.`, {
      cause,
    })
  }
  const drafts = (await readdir(folder)).filter((name) => /^\..+\.tmp$/.test(name))
  for (const name of drafts) await rm(join(folder, name), { force: true })
  return { [Symbol.dispose]: () => lock.close() }
}
