import { mkdir } from 'node:fs/promises'
import type { Config } from '../config.ts'
import type { Database } from './client.ts'
import { openEmbedded } from './open-embedded.ts'
import { openPostgres, waitForDatabase } from './open-postgres.ts'

/** The configured database, answering. */
export async function openDatabase(
  { database: { url, pool }, dataFolder }: Pick<Config, 'database' | 'dataFolder'>,
  { onError }: { onError: (error: Error) => void },
): Promise<Database> {
  await mkdir(dataFolder, { recursive: true })
  if (!url) return openEmbedded(dataFolder)
  const database = openPostgres({ url, pool, onError })
  try {
    await waitForDatabase(database.db, START_PATIENCE_MS)
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

/** Time for a Postgres that is started together with us. */
const START_PATIENCE_MS = 30_000
