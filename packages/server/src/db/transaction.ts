import { AsyncLocalStorage } from 'node:async_hooks'
import type { Dialect, Driver } from 'kysely'
import type { Db, Tx } from './client.ts'

const insideTransaction = new AsyncLocalStorage<true>()

/**
 * Runs `work` in a transaction: all of it, or nothing. Inside, only `tx` may be used. Asking the
 * database for another connection would silently leave the transaction, and wait for ever once a
 * small pool is used up by such transactions; so it throws.
 */
export function inTransaction<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  refuseInsideTransaction()
  return db.transaction().execute((tx) => insideTransaction.run(true, () => work(tx)))
}

/** Called wherever a connection is taken. */
function refuseInsideTransaction(): void {
  if (insideTransaction.getStore()) {
    throw new Error('A transaction is open here: use it (tx), not the database around it.')
  }
}

/** The same dialect, refusing to hand out a second connection inside a transaction. */
export const guardedDialect = (dialect: Dialect): Dialect => ({
  createDriver: () => guardedDriver(dialect.createDriver()),
  createAdapter: () => dialect.createAdapter(),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createIntrospector: (db) => dialect.createIntrospector(db),
})

function guardedDriver(driver: Driver): Driver {
  const acquire = driver.acquireConnection.bind(driver)
  driver.acquireConnection = async (options) => {
    refuseInsideTransaction()
    return acquire(options)
  }
  return driver
}
