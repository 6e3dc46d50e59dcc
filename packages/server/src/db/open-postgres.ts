import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Connection, Database } from './client.ts'
import { withDeadline } from './deadline.ts'
import { guardPool } from './guard-pool.ts'
import { openSockets } from './open-sockets.ts'
import type { Tables } from './tables.ts'
import { guardedDialect } from './transaction.ts'

type PostgresOptions = {
  kind: Database['kind']
  connection: Connection
  pool: { min: number; max: number }
  /** The most connections of the queue; it listens on one more. */
  queuePool: number
  /** Told about connections lost while idle; the pool replaces them by itself. */
  onError: (error: Error) => void
}

/** A pool that keeps `min` connections and grows to `max` under load; the queue has its own few. */
export function openPostgres({
  kind,
  connection,
  pool: size,
  queuePool,
  onError,
}: PostgresOptions): Database {
  const sockets = openSockets()
  const common = { ...connection, stream: sockets.open, connectionTimeoutMillis: CONNECT_MS }
  const pool = new pg.Pool({
    ...common,
    min: size.min,
    max: size.max,
    application_name: 'descry',
    idleTimeoutMillis: 10_000,
    keepAlive: true,
  })
  let closed = false
  // The embedded Postgres ends right after us, and its goodbye may reach sockets that are just closing.
  pool.on('error', (error) => closed || onError(error))
  // One that is lost while in use fails its statement, and that is told; but without a listener its
  // event would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({
    dialect: guardedDialect(new PostgresDialect({ pool: guardPool(pool) })),
  })

  async function cutIfSilent(): Promise<void> {
    await withDeadline(PROBE_MS, () => sql`select 1`.execute(db)).catch(sockets.cut)
  }

  return {
    kind,
    db,
    connection,
    queueOptions: queueOptions(common, queuePool),
    cutIfSilent,
    async close() {
      closed = true
      await cutIfSilent()
      const goodbye = setTimeout(sockets.cut, PROBE_MS)
      await db.destroy()
      clearTimeout(goodbye)
    },
  }
}

/** pg-boss hands them to pg, also those that its own type does not name. */
const queueOptions = (common: pg.PoolConfig, max: number): Database['queueOptions'] =>
  ({
    ...common,
    max,
    application_name: 'descry-queue',
    query_timeout: QUEUE_STATEMENT_MS,
  }) as Database['queueOptions']

/** Waits for a Postgres that is still starting. The last failure is thrown when time is up. */
export async function waitForDatabase(
  db: Database['db'],
  { milliseconds, onError }: { milliseconds: number; onError: (error: Error) => void },
): Promise<void> {
  const deadline = performance.now() + milliseconds
  let told = false
  for (;;) {
    try {
      await sql`select 1`.execute(db)
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      if (!told) onError(new Error('Waiting for Postgres to answer.', { cause: error }))
      told = true
      await sleep(500)
    }
  }
}

const CONNECT_MS = 5_000
/** A database that is there answers this in a millisecond. */
const PROBE_MS = 2_000
/** Maintenance of the queue may take longer than other statements. */
const QUEUE_STATEMENT_MS = 30_000
