import pg from 'pg'
import type { Database } from '../db/client.ts'
import { SESSION_SETTINGS } from './describe-tables.ts'

/** A connection of one's own, for COPY, which Kysely does not know. Disposing ends it. */
export async function connect({
  connection,
}: Pick<Database, 'connection'>): Promise<{ client: pg.Client } & AsyncDisposable> {
  const client = new pg.Client({
    ...connection,
    application_name: 'descry-backup',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {}) // the statement that is running fails, too
  await client.connect()
  await client.query(SESSION_SETTINGS)
  return { client, [Symbol.asyncDispose]: () => client.end() }
}
