import { access, constants, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { TrainingError } from '../training-error.ts'

/**
 * Makes the folder of a run, holds it for this process, and takes away the drafts that a killed one left. The lock
 * is the operating system's, through SQLite: it ends with the process, however that dies.
 */
export async function lockRun(folder: string): Promise<Disposable> {
  await makeFolder(folder)
  const lock = new DatabaseSync(join(folder, '.lock'))
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new TrainingError(
      `Another training writes to ${folder}. Stop it, or give another --out.`,
      {
        cause,
      },
    )
  }
  const drafts = (await readdir(folder)).filter((name) => /^\..+\.tmp$/.test(name))
  for (const name of drafts) await rm(join(folder, name), { force: true })
  return { [Symbol.dispose]: () => lock.close() }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new TrainingError(`${folder} cannot be written to (${code}). Give another --out.`, {
      cause,
    })
  }
}
