import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { Database } from '../db/client.ts'
import { returnAllUnfinished } from '../db/jobs.ts'
import { migrate } from '../db/migrate.ts'
import { inTransaction } from '../db/transaction.ts'
import { AppError } from '../errors.ts'
import { allKinds } from '../job-list.ts'
import { toSending } from '../jobs/to-sending.ts'
import { type Queue, startQueue } from '../queue/queue.ts'
import {
  COMPLETION,
  Completion,
  MANIFEST,
  Manifest,
  notABackup,
  parseEntry,
} from './backup-format.ts'
import { checkTables } from './check-tables.ts'
import { connect } from './connect.ts'
import { type Entries, readEntries, readEntry, readJson } from './read-entries.ts'
import { openTableWriter } from './table-writer.ts'

export type RestoreResult = {
  createdAt: string
  tables: number
  blobs: number
  /** Jobs that were not finished, and wait again. */
  jobs: number
  /** Keys of providers, sealed with the secret of the installation that the backup is of. */
  sealedKeys: number
}

type Targets = { database: Database; blobs: BlobStore; onError: (error: Error) => void }

/**
 * Brings an empty installation to the state of a backup, and compares every row with it. All rows
 * appear at once, when all of it was read and is as it was; otherwise none do.
 */
export async function restoreBackup(targets: Targets, path: string): Promise<RestoreResult> {
  const entries = readEntries(path)
  const manifest = Manifest.safeParse(await readJson(await entries.next(), MANIFEST))
  if (!manifest.success) {
    throw notABackup(manifest.error.issues.map(({ message }) => message).join('; '))
  }
  await migrateTo(targets.database, manifest.data)
  const blobs = await restoreRows(targets, manifest.data, entries)
  await migrate(targets.database.db)
  return {
    createdAt: manifest.data.createdAt,
    tables: manifest.data.tables.length,
    blobs,
    jobs: await sendJobs(targets),
    sealedKeys: await countSealedKeys(targets.database),
  }
}

/** To the schema that the backup's rows are of. */
async function migrateTo({ db }: Database, { migrations, version }: Manifest): Promise<void> {
  const last = migrations.at(-1) ?? ''
  await migrate(db, { to: last }).catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes(last))) throw error
    throw new AppError(
      'invalid-input',
      `The backup was made by a newer Descry (${version}, with ${last}). Restore it with that one.`,
      { cause: error },
    )
  })
}

/** Returns how many files came with them. */
async function restoreRows(
  { database, blobs }: Targets,
  manifest: Manifest,
  entries: Entries,
): Promise<number> {
  await using connection = await connect(database)
  const { client } = connection
  await client.query('begin')
  await emptyTables(client, manifest)
  await makePartitions(client, manifest)
  const read = await readContent({ client, blobs }, manifest, entries)
  await setSequences(client, manifest)
  await checkTables(client, manifest, read.completion)
  checkBlobs(read.blobs, read.completion)
  await client.query('commit')
  return read.blobs.count
}

/** Others who use the database wait outside from here on. */
async function emptyTables(client: Client, { tables }: Manifest): Promise<void> {
  const list = tables.map(({ name }) => `"${name}"`).join(', ')
  await client.query(`lock table ${list} in access exclusive mode`)
  for (const { name } of tables.filter(({ name }) => !madeByMigrations.has(name))) {
    const { rowCount } = await client.query(`select from "${name}" limit 1`)
    if (rowCount === 0) continue
    throw new AppError(
      'conflict',
      `The database is in use: ${name} has rows. Restore into an empty one: choose a new folder with DESCRY_DATA, or a new database with DATABASE_URL.`,
    )
  }
  await client.query(`truncate ${list}`)
}

/** Rows are there from the start, or come with any process that runs. */
const madeByMigrations = new Set(['organizations', 'workers'])

async function makePartitions(client: Client, { partitions }: Manifest): Promise<void> {
  for (const { name, parent, bound } of partitions) {
    await client.query(`create table if not exists "${name}" partition of "${parent}" ${bound}`)
  }
}

async function setSequences(client: Client, { sequences }: Manifest): Promise<void> {
  for (const { name, last } of sequences) {
    await client.query('select setval($1::regclass, $2::bigint)', [`"${name}"`, last])
  }
}

type Copied = Completion['blobs']

async function readContent(
  { client, blobs }: { client: Client; blobs: BlobStore },
  manifest: Manifest,
  entries: Entries,
): Promise<{ completion: Completion; blobs: Copied }> {
  const tables = openTableWriter(client, manifest)
  const hash = createHash('sha256')
  const copied = { count: 0, bytes: 0 }
  for (let next = await entries.next(); !next.done; next = await entries.next()) {
    const { name } = next.value.header
    if (name === COMPLETION) {
      await tables.end()
      const completion = Completion.parse(await readJson(next, COMPLETION))
      return { completion, blobs: { ...copied, sha256: hash.digest('hex') } }
    }
    const content = await readEntry(next.value)
    const entry = parseEntry(name)
    if ('table' in entry) await tables.write(entry.table, content)
    else {
      await blobs.write(entry.key, content)
      hash.update(`${entry.key}\n`).update(content)
      copied.count += 1
      copied.bytes += content.length
    }
  }
  throw notABackup(`${COMPLETION} is missing, so it was cut off`)
}

function checkBlobs(found: Copied, { blobs }: Completion): void {
  if (found.sha256 === blobs.sha256 && found.count === blobs.count) return
  throw notABackup('the files of images in it are not those that were put there')
}

/** The queue begins empty: each unfinished job is sent under its delivery. */
async function sendJobs({ database, onError }: Targets): Promise<number> {
  const queue: Queue = await startQueue(database, {
    ...{ kinds: allKinds, supervise: false, onError },
  })
  try {
    return await inTransaction(database.db, async (tx) => {
      const jobs = await returnAllUnfinished(tx)
      await queue.send(tx, jobs.map(toSending))
      return jobs.length
    })
  } finally {
    await queue.stop()
  }
}

async function countSealedKeys({ db }: Database): Promise<number> {
  const { count } = await db
    .selectFrom('captioner_settings')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('sealed_key', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}
