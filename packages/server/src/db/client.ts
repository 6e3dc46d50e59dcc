import type { Kysely, Transaction } from 'kysely'
import type { ConstructorOptions } from 'pg-boss'
import type { Tables } from './tables.ts'

/** A pool, or an open transaction: query functions cannot tell which, and need not. */
export type Db = Kysely<Tables>

/** An open transaction, where one is required. */
export type Tx = Transaction<Tables>

/** An address, or its parts. */
export type Connection =
  | { connectionString: string }
  | { host: string; port: number; user: string; database: string; password?: string }

/** The open database: a Postgres that Descry runs itself, or one of somebody's own. */
export type Database = {
  readonly kind: 'embedded' | 'postgres'
  readonly db: Db
  /** For those who need a connection of their own. */
  readonly connection: Connection
  /** How the queue reaches the same database. */
  readonly queueOptions: ConstructorOptions
  /**
   * Closes all connections at once, and refuses new ones, where the database does not answer: whatever
   * waits for it fails now, and nothing waits for its goodbye. Asked before stopping.
   */
  cutIfSilent(): Promise<void>
  close(): Promise<void>
}
