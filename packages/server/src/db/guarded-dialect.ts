import type { Dialect, Driver } from 'kysely'
import { refuseInsideTransaction } from './transaction.ts'

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
