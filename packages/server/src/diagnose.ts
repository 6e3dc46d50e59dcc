import { checkBuiltin } from '@descry/captioners'
import { storageRoom } from './blobs/storage-room.ts'
import type { Config } from './config.ts'
import { inspectCaptionPartitions } from './db/caption-partitions.ts'
import type { Db } from './db/client.ts'
import { isMigrated, refuseNewerSchema } from './db/migrate.ts'
import { embeddedLogin, openForeign } from './db/open-database.ts'
import { openPostgres } from './db/open-postgres.ts'
import { findLostFiles, refuseForeignFiles, refuseLostCluster } from './db/refuse-lost-database.ts'
import { findExisting, inspectDataFolder } from './files/inspect-data-folder.ts'
import { findPageFolder } from './http/serve-page.ts'
import { inspectBinaries, inspectPostgres } from './postgres/inspect-postgres.ts'
import { toAppError } from './to-app-error.ts'

export type Finding = { name: string; ok: boolean; message: string }

/** Looks at everything the server needs and changes nothing; each finding says what to do. */
export async function diagnose(
  config: Config,
  { fetch = globalThis.fetch }: { fetch?: typeof globalThis.fetch } = {},
): Promise<Finding[]> {
  return [
    await look('data folder', () => checkDataFolder(config)),
    await look('free space', () => checkSpace(config)),
    ...(config.database.url ? [] : [await look('Postgres', inspectBinaries)]),
    await look('database', () => checkDatabase(config)),
    await look('captioner', () => checkServer(config, fetch)),
    await look('built-in model', () => checkBuiltin(config)),
    await look('page', checkPage),
  ]
}

async function look(name: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, message: await check() }
  } catch (error) {
    const message =
      toAppError(error)?.message ?? (error instanceof Error ? error.message : `${error}`)
    return { name, ok: false, message }
  }
}

async function checkDataFolder({ dataFolder }: Config): Promise<string> {
  const { exists } = await inspectDataFolder(dataFolder)
  return exists ? `${dataFolder} can be written` : `${dataFolder} can be made`
}

async function checkSpace({ dataFolder, storage }: Config): Promise<string> {
  const room = storageRoom(findExisting(dataFolder), storage.reserveBytes)
  await room.require()
  return `${Math.floor((await room.free()) / 1e6)} MB free`
}

async function checkDatabase(config: Config): Promise<string> {
  if (config.database.url === undefined) return checkEmbedded(config)
  const { url, pool } = config.database
  const database = await openForeign(url, { pool, onError: () => {}, patienceMs: 2_000 })
  try {
    await refuseForeignFiles(database.db, config.dataFolder)
    await checkContent(database.db, config)
    return 'Postgres answers'
  } finally {
    await database.close()
  }
}

/** Started for nobody's sake; asked only where it runs. */
async function checkEmbedded({ dataFolder }: Config): Promise<string> {
  await refuseLostCluster(dataFolder)
  const { message, address } = await inspectPostgres(dataFolder)
  if (!address) return message
  const database = openPostgres({
    kind: 'embedded',
    connection: { ...address, ...embeddedLogin },
    pool: { min: 0, max: 1 },
    queuePool: 1,
    onError: () => {},
  })
  try {
    await checkContent(database.db, { dataFolder })
    return `${message}, and answers`
  } finally {
    await database.close()
  }
}

async function checkContent(db: Db, { dataFolder }: Pick<Config, 'dataFolder'>): Promise<void> {
  await refuseNewerSchema(db)
  if (!(await isMigrated(db))) return
  const lost = await findLostFiles(db, dataFolder)
  if (lost) throw new Error(lost)
  const { missing, misplaced } = await inspectCaptionPartitions(db)
  if (missing.length === 0 && misplaced === 0) return
  const faults = [
    missing.length > 0 && `there is no partition for the captions of ${missing.join(', ')}`,
    misplaced > 0 && `${misplaced} captions are in the default partition`,
  ].filter(Boolean)
  throw new Error(
    `Postgres answers, but ${faults.join(' and ')}: searches get slower. The next start mends it, or descry migrate; if it does not, the log says why.`,
  )
}

async function checkServer({ openai }: Config, fetch: typeof globalThis.fetch): Promise<string> {
  if (!openai) return 'no server is configured; set OPENAI_BASE_URL for a large model'
  const url = `${openai.baseUrl.replace(/\/+$/, '')}/models`
  const headers = openai.apiKey ? { authorization: `Bearer ${openai.apiKey}` } : {}
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) }).catch(
    (cause) => {
      throw new Error(`${url} cannot be reached; check OPENAI_BASE_URL.`, { cause })
    },
  )
  if (response.status === 401) throw new Error(`${url} refuses the key; check OPENAI_API_KEY.`)
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
  return `${url} answers`
}

async function checkPage(): Promise<string> {
  const folder = findPageFolder()
  if (!folder) throw new Error('not built; run npm run build')
  return 'built'
}
