import pg from 'pg'
import type { Config } from './config.ts'
import { AppError } from './errors.ts'
import { postgresPaths } from './postgres/postgres-paths.ts'
import { toAppError } from './to-app-error.ts'

/**
 * What Postgres or its migrations complain about while Descry starts, as a sentence that names the
 * database and what to do. Anything else stays what it is.
 */
export function explainStartFailure(
  error: unknown,
  { dataFolder, database: { url } }: Pick<Config, 'dataFolder' | 'database'>,
): unknown {
  const known = toAppError(error)
  if (known) return known
  if (!(error instanceof pg.DatabaseError) && !isMigrationFailure(error)) return error
  const place = url === undefined ? postgresPaths(dataFolder).cluster : 'DATABASE_URL'
  return new AppError(
    'database-unavailable',
    `The database (${place}) is not as Descry left it: ${error.message}. Nothing was changed. Put the newest backup back into an empty one: descry restore FILE.`,
    { cause: error, retry: false },
  )
}

/** https://github.com/kysely-org/kysely/blob/master/src/migration/migrator.ts */
const isMigrationFailure = (error: unknown): error is Error =>
  error instanceof Error && error.message.startsWith('corrupted migrations')
