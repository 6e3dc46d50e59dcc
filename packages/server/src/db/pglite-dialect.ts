import type { PGlite, Transaction } from '@electric-sql/pglite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'

/**
 * Kysely on PGlite's single connection. Kysely's own dialect puts callers in a line before its
 * driver is asked, where using the database around an open transaction waits for ever. Here PGlite's
 * own lock makes the line, so that the driver can refuse first (`guardedDialect`). Statements
 * without parameters may come several at once, as in migrations.
 */
export function pgliteDialect(pglite: PGlite): Dialect {
  return {
    createDriver: () => pgliteDriver(pglite),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
}

function pgliteDriver(pglite: PGlite): Driver {
  const connections = new WeakMap<DatabaseConnection, PGliteConnection>()
  const get = (connection: DatabaseConnection) => {
    const found = connections.get(connection)
    if (!found) throw new Error('This connection was not made here.')
    return found
  }
  return {
    init: () => pglite.waitReady,
    acquireConnection: async () => {
      const connection = pgliteConnection(pglite)
      connections.set(connection, connection)
      return connection
    },
    beginTransaction: (connection) => get(connection).begin(),
    commitTransaction: (connection) => get(connection).commit(),
    rollbackTransaction: (connection) => get(connection).rollback(),
    releaseConnection: async () => {},
    destroy: () => pglite.close(),
  }
}

type PGliteConnection = DatabaseConnection &
  Record<'begin' | 'commit' | 'rollback', () => Promise<void>>

function pgliteConnection(pglite: PGlite): PGliteConnection {
  let open: { tx: Transaction; end: PromiseWithResolvers<void>; closed: Promise<void> } | undefined

  return {
    async begin() {
      const begun = Promise.withResolvers<Transaction>()
      const end = Promise.withResolvers<void>()
      const closed = pglite.transaction(async (tx) => {
        begun.resolve(tx)
        await end.promise
      })
      closed.catch(begun.reject) // a BEGIN that fails; later failures surface in commit()
      open = { tx: await begun.promise, end, closed }
    },
    async commit() {
      const ended = open
      open = undefined
      ended?.end.resolve()
      await ended?.closed
    },
    async rollback() {
      const ended = open
      open = undefined
      ended?.end.reject(new Error('rolled back'))
      await ended?.closed.catch(() => {})
    },
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const target = open?.tx ?? pglite
      // Without parameters a text may hold several statements (migrations), which only `exec` takes.
      const result =
        parameters.length > 0
          ? await target.query<Row>(sql, [...parameters])
          : (await target.exec(sql)).at(-1)
      return {
        rows: (result?.rows ?? []) as Row[],
        numAffectedRows: BigInt(result?.affectedRows ?? 0),
      }
    },
    streamQuery() {
      throw new Error('The embedded database does not stream.')
    },
  }
}
