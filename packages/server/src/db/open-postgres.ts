import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Database } from './client.ts'
import { guardedDialect } from './guarded-dialect.ts'
import type { Tables } from './tables.ts'

type PostgresOptions = {
  url: string
  pool: { min: number; max: number }
  /** Told about connections lost while idle; the pool replaces them by itself. */
  onError: (error: Error) => void
}

/** A pool that keeps `min` connections and grows to `max` under load; the queue has its own few. */
export function openPostgres({ url, pool: size, onError }: PostgresOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    min: size.min,
    max: size.max,
    application_name: 'descry',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 10_000,
    keepAlive: true,
  })
  pool.on('error', onError)
  // One that is lost while in use fails its statement, and that is told; but without a listener its
  // event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: guardedDialect(new PostgresDialect({ pool })) })
  return {
    kind: 'postgres',
    db,
    queueOptions: { connectionString: url, max: 4, application_name: 'descry-queue' },
    close: () => db.destroy(),
  }
}

/** Waits for a Postgres that is still starting. The last failure is thrown when time is up. */
export async function waitForDatabase(
  db: Database['db'],
  { milliseconds, onError }: { milliseconds: number; onError: (error: Error) => void },
): Promise<void> {
  const deadline = Date.now() + milliseconds
  let told = false
  for (;;) {
    try {
      await sql`select 1`.execute(db)
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      if (!told) onError(new Error('Waiting for Postgres to answer.', { cause: error }))
      told = true
      await sleep(500)
    }
  }
}
