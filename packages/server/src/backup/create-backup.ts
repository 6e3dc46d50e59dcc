import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { pack as createPack, type Pack } from 'tar-stream'
import type { BlobStore } from '../blobs/blob-store.ts'
import { type BlobRecord, readVerified } from '../blobs/read-verified.ts'
import type { Database } from '../db/client.ts'
import type { ImageRow } from '../db/tables.ts'
import { AppError } from '../errors.ts'
import { imageBlobs } from '../images/image-blobs.ts'
import { readVersion } from '../read-version.ts'
import {
  blobEntry,
  COMPLETION,
  type Completion,
  MANIFEST,
  type Manifest,
  tablePart,
} from './backup-format.ts'
import { connect } from './connect.ts'
import { copyStatement, describeTables } from './describe-tables.ts'

export type BackupResult = {
  tables: number
  blobs: number
  bytes: number
  /** Files that rows name and that are gone, or not as they were written. */
  missing: string[]
}

/**
 * Writes all there was at one moment into a new file, while others go on reading and writing. The
 * file has its name when it is complete.
 */
export async function createBackup(
  { database, blobs }: { database: Database; blobs: BlobStore },
  path: string,
): Promise<BackupResult> {
  refuseExisting(path)
  const unfinished = `${path}.unfinished`
  try {
    const result = await writeFile({ database, blobs }, unfinished)
    await rename(unfinished, path)
    return result
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

async function writeFile(
  sources: { database: Database; blobs: BlobStore },
  path: string,
): Promise<BackupResult> {
  const pack = createPack()
  // Opened first: a stream that opens its file itself may do so after it failed, when all is tidied up.
  const file = await open(path, 'w', 0o600)
  const written = pipeline(pack, file.createWriteStream({ flush: true }))
  written.catch(() => {}) // awaited below
  try {
    const result = await writeEntries(sources, pack)
    pack.finalize()
    await written
    return { ...result, bytes: (await stat(path)).size }
  } catch (error) {
    pack.destroy(error as Error)
    await written // a full disk is the reason of the entry that failed
    throw error
  }
}

async function writeEntries(
  { database, blobs }: { database: Database; blobs: BlobStore },
  pack: Pack,
): Promise<Omit<BackupResult, 'bytes'>> {
  await using connection = await connect(database)
  const { client } = connection
  await client.query('begin isolation level repeatable read read only')
  const described = await describeTables(client).catch(refuseEmpty)
  const manifest: Manifest = {
    format: 1,
    version: readVersion(),
    createdAt: new Date().toISOString(),
    ...described,
  }
  await addJson(pack, MANIFEST, manifest)
  const tables: Completion['tables'] = {}
  for (const table of described.tables) {
    tables[table.name] = await addTable(pack, client, table)
  }
  const { missing, ...copied } = await addBlobs(pack, blobs, await listBlobs(client))
  await addJson(pack, COMPLETION, { tables, blobs: copied } satisfies Completion)
  await client.query('commit')
  return { tables: described.tables.length, blobs: copied.count, missing }
}

/** 42P01: there is no table of migrations. */
function refuseEmpty(error: unknown): never {
  if ((error as { code?: string }).code !== '42P01') throw error
  throw new AppError('not-found', 'There is nothing to back up: Descry was never started here.')
}

/** In parts, because a tar file says each size before the bytes. */
async function addTable(pack: Pack, client: Client, table: Manifest['tables'][number]) {
  const hash = createHash('sha256')
  let bytes = 0
  let parts = 0
  let waiting: Buffer[] = []
  let size = 0
  const flush = async () => {
    if (size === 0) return
    await addEntry(pack, tablePart(table.name, parts++), Buffer.concat(waiting))
    waiting = []
    size = 0
  }
  for await (const chunk of client.query(copyTo(await copyStatement(client, table)))) {
    hash.update(chunk)
    bytes += chunk.length
    size += chunk.length
    waiting.push(chunk)
    if (size >= PART_BYTES) await flush()
  }
  await flush()
  return { bytes, sha256: hash.digest('hex') }
}

/** Files are written before the rows that name them, and never change. */
async function addBlobs(pack: Pack, blobs: BlobStore, records: BlobRecord[]) {
  const hash = createHash('sha256')
  const missing: string[] = []
  let bytes = 0
  for (const record of records) {
    const { key } = record
    const content = await readVerified(blobs, record)
    if (!content) missing.push(key)
    else {
      await addEntry(pack, blobEntry(key), Buffer.from(content))
      hash.update(`${key}\n`).update(content)
      bytes += content.length
    }
  }
  return { count: records.length - missing.length, bytes, sha256: hash.digest('hex'), missing }
}

async function listBlobs(client: Client): Promise<BlobRecord[]> {
  const { rows } = await client.query<ImageRow>(
    `select * from images order by organization_id, id collate "C"`,
  )
  return rows.flatMap((row) => Object.values(imageBlobs(row)))
}

const addJson = (pack: Pack, name: string, content: object) =>
  addEntry(pack, name, Buffer.from(JSON.stringify(content, null, 2)))

/** Resolves when the file has taken it, so that memory stays small. */
function addEntry(pack: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    pack.entry({ name, mode: 0o600 }, content, (error) => (error ? reject(error) : resolve()))
  })
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return
  throw new AppError('conflict', `${path} is there already; choose another name for the backup.`)
}

const PART_BYTES = 4 * 1024 * 1024
