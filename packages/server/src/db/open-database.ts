import { access, constants, mkdir } from 'node:fs/promises'
import { type Config, ConfigError } from '../config.ts'
import { AppError } from '../errors.ts'
import type { Database } from './client.ts'
import { openEmbedded } from './open-embedded.ts'
import { openPostgres, waitForDatabase } from './open-postgres.ts'

/** The configured database, answering. */
export async function openDatabase(
  { database: { url, pool }, dataFolder }: Pick<Config, 'database' | 'dataFolder'>,
  { onError }: { onError: (error: Error) => void },
): Promise<Database> {
  await makeDataFolder(dataFolder)
  if (!url) return openEmbedded(dataFolder)
  const database = openPostgres({ url, pool, onError })
  try {
    await waitForDatabase(database.db, { milliseconds: START_PATIENCE_MS, onError })
  } catch (error) {
    await database.close()
    const { host } = new URL(url)
    const message = `Postgres at ${host} cannot be used: ${reasonOf(error)}. Check DATABASE_URL.`
    throw new AppError('database-unavailable', message, { cause: error })
  }
  return database
}

async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw new ConfigError(`DESCRY_DATA: ${folder} cannot be used (${reasonOf(error)}).`)
  }
}

const reasonOf = (error: unknown): string => {
  const first = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message : String(first)
}

/** Time for a Postgres that is started together with us. */
const START_PATIENCE_MS = 30_000
