import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
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
  // Optimising Postgres's WebAssembly costs 100 MB and, for queries as short as ours, more time than
  // it saves (docs/benchmarks.md).
  setFlagsFromString('--liftoff-only')
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
