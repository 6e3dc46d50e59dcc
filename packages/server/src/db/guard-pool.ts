import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { SilentDatabaseError, withinDeadline } from './deadline.ts'

/**
 * The pool with deadlines. A connection on which one passed is never used again: its statement may still
 * be running, within a transaction that nobody ends.
 */
export function guardPool(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const connecting = pool.connect()
      try {
        return guardClient(await withinDeadline(connecting))
      } catch (error) {
        connecting.then(
          (client) => client.release(),
          () => {},
        )
        throw error
      }
    },
  }
}

function guardClient(client: pg.PoolClient): PostgresPoolClient {
  let silent: SilentDatabaseError | undefined

  async function query(text: string, parameters: readonly unknown[]) {
    if (silent) throw silent
    try {
      return await withinDeadline(client.query(text, [...parameters]))
    } catch (error) {
      if (error instanceof SilentDatabaseError) silent = error
      throw error
    }
  }

  return {
    query: query as unknown as PostgresPoolClient['query'], // but not with a cursor, which nobody uses
    release: (destroy) => client.release(destroy || silent !== undefined),
  }
}
