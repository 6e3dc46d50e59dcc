import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, ConfigError } from '../config.ts'
import { AppError } from '../errors.ts'
import { closeFolder } from '../files/close-folder.ts'
import { inspectDataFolder } from '../files/inspect-data-folder.ts'
import { makeFolder } from '../files/make-folder.ts'
import { SUPERUSER } from '../postgres/create-cluster.ts'
import { openEmbeddedPostgres } from '../postgres/open-embedded-postgres.ts'
import { PostgresError } from '../postgres/postgres-error.ts'
import { POOL_SIZE, QUEUE_POOL_SIZE } from '../postgres/server-settings.ts'
import { readVersion } from '../read-version.ts'
import type { Database } from './client.ts'
import { openPostgres, waitForDatabase } from './open-postgres.ts'
import { refuseLostCluster } from './refuse-lost-database.ts'

type Options = {
  onError: (error: Error) => void
  /** Told what happens to the embedded database that people should know. */
  onNotice?: (message: string) => void
  /** A new database is made also where files of images are: they are about to get their rows back. */
  restoring?: boolean
}

/** The configured database, answering. */
export async function openDatabase(
  { database: { url, pool }, dataFolder }: Pick<Config, 'database' | 'dataFolder'>,
  { onError, onNotice = (message) => onError(new Error(message)), restoring = false }: Options,
): Promise<Database> {
  await makeDataFolder(dataFolder)
  await closeDataFolder(dataFolder, onNotice)
  if (!url) {
    if (!restoring) await refuseLostCluster(dataFolder)
    return openEmbedded(dataFolder, { onError, onNotice })
  }
  return openForeign(url, { pool, onError, patienceMs: START_PATIENCE_MS })
}

/** A Postgres of somebody's own. */
export async function openForeign(
  url: string,
  { patienceMs, ...options }: ForeignOptions,
): Promise<Database> {
  const { onError } = options
  const connection = { connectionString: url }
  const database = openPostgres({ kind: 'postgres', connection, queuePool: 4, ...options })
  try {
    await waitForDatabase(database.db, { milliseconds: patienceMs, onError })
  } catch (error) {
    await database.close()
    const message = `Postgres at ${hostOf(url)} cannot be used: ${reasonOf(error)}. Check DATABASE_URL.`
    throw new AppError('database-unavailable', message, { cause: error })
  }
  return database
}

type ForeignOptions = Pick<Config['database'], 'pool'> & {
  onError: (error: Error) => void
  patienceMs: number
}

/** Small pools: each connection is a process of this machine, and several of ours share them. */
async function openEmbedded(
  dataFolder: string,
  { onError, onNotice }: Required<Pick<Options, 'onError' | 'onNotice'>>,
): Promise<Database> {
  const postgres = await startEmbedded(dataFolder, onNotice)
  const connection = { ...postgres.address, ...embeddedLogin }
  const pool = { min: 0, max: POOL_SIZE }
  const database = openPostgres({
    kind: 'embedded',
    connection,
    pool,
    queuePool: QUEUE_POOL_SIZE,
    onError,
  })
  return {
    ...database,
    async close() {
      await database.close()
      await postgres.close()
    },
  }
}

/** `initdb` makes a database of that name; one of our own would be a second step that may fail. */
export const embeddedLogin = { user: SUPERUSER, database: 'postgres' }

async function startEmbedded(dataFolder: string, onNotice: (message: string) => void) {
  try {
    return await openEmbeddedPostgres({ dataFolder, version: readVersion(), onNotice })
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error
    throw new AppError('database-unavailable', error.message, { cause: error })
  }
}

async function makeDataFolder(folder: string): Promise<void> {
  try {
    await inspectDataFolder(folder)
    await makeFolder(folder)
  } catch (error) {
    throw new ConfigError(`DESCRY_DATA: ${folder} cannot be used: ${reasonOf(error)}`)
  }
}

/** Postgres may run as another user, who then passes through the folder to its own. */
async function closeDataFolder(folder: string, onNotice: (message: string) => void): Promise<void> {
  try {
    const { uid } = await stat(folder)
    const postgres = await stat(join(folder, 'postgres')).catch(() => undefined)
    await closeFolder(folder, { passable: postgres !== undefined && postgres.uid !== uid })
  } catch (error) {
    onNotice(`${folder} is open to other users: chmod go= ${folder} (${reasonOf(error)})`)
  }
}

/** Without the password. */
function hostOf(url: string): string {
  const { host, searchParams } = new URL(url)
  return searchParams.get('host') ?? host
}

const reasonOf = (error: unknown): string => {
  const first = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message : String(first)
}

/** Time for a Postgres that is started together with us. */
const START_PATIENCE_MS = 30_000
