import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { Kysely } from 'kysely'
import { fromPglite } from 'pg-boss'
import type { Database } from './client.ts'
import { takeDataLock } from './data-lock.ts'
import { guardedDialect } from './guarded-dialect.ts'
import { pgliteDialect } from './pglite-dialect.ts'
import type { Tables } from './tables.ts'
import { refuseInsideTransaction } from './transaction.ts'

/**
 * Postgres inside the process, its files in `dataFolder/database`. One process at a time: PGlite
 * itself would let a second one in and corrupt them, so a lock on the folder is taken first.
 */
export async function openEmbedded(dataFolder: string): Promise<Database> {
  await mkdir(dataFolder, { recursive: true })
  const lock = takeDataLock(dataFolder)
  try {
    const pglite = await startPglite(join(dataFolder, 'database'))
    const queueConnection = fromPglite(pglite)
    const executeSql = queueConnection.executeSql.bind(queueConnection)
    queueConnection.executeSql = async (text, values) => {
      refuseInsideTransaction()
      return executeSql(text, values)
    }
    const db = new Kysely<Tables>({ dialect: guardedDialect(pgliteDialect(pglite)) })
    return {
      kind: 'embedded',
      db,
      queueOptions: { db: queueConnection, backend: 'pglite' },
      async close() {
        await db.destroy()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function startPglite(folder: string): Promise<PGlite> {
  if (!existsSync(folder)) await createFiles(folder)
  // Optimising Postgres's WebAssembly takes 500 MB for a moment and 50 MB for good, and more time
  // than queries as short as ours win back (docs/benchmarks.md). Only function 0 may be optimised.
  setFlagsFromString('--wasm-tier-up-filter=0')
  return PGlite.create({
    dataDir: folder,
    startParams: [
      ...PGlite.defaultStartParams,
      ...['-c', 'shared_buffers=16MB'], // the default of 128 MB stays resident once touched
      ...['-c', 'max_wal_size=64MB'], // a laptop's folder should not keep a gigabyte of log
      ...['-c', 'min_wal_size=32MB'],
    ],
  })
}

/**
 * Makes an empty database in a process of its own, because that takes 500 MB which this one would
 * keep. The folder appears when it is complete, also if we are killed meanwhile.
 */
async function createFiles(folder: string): Promise<void> {
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  const script = `
    const { PGlite } = await import(${JSON.stringify(import.meta.resolve('@electric-sql/pglite'))})
    const database = await PGlite.create(${JSON.stringify(unfinished)})
    await database.close()`
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  await rename(unfinished, folder)
}
