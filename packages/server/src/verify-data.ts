import { existsSync } from 'node:fs'
import { folderBlobs } from './blobs/folder-blobs.ts'
import { type Config, ConfigError } from './config.ts'
import { isMigrated, refuseNewerSchema } from './db/migrate.ts'
import { openDatabase } from './db/open-database.ts'
import { refuseForeignFiles, refuseLostCluster } from './db/refuse-lost-database.ts'
import { explainStartFailure } from './explain-start-failure.ts'
import { type BlobFault, verifyBlobs } from './images/verify-blobs.ts'
import { postgresPaths } from './postgres/postgres-paths.ts'

export type { BlobFault }

type Options = {
  onNotice: (message: string) => void
  onFault: (fault: BlobFault) => Promise<void>
}

/** Compares the files of images with the database, running or not. Returns how many it looked at. */
export async function verifyData(
  config: Config,
  { onNotice, onFault }: Options,
): Promise<{ files: number; faults: number }> {
  await requireDatabase(config)
  const onError = ({ message }: Error) => onNotice(message)
  const database = await openDatabase(config, { onError, onNotice })
  const counts = { files: 0, faults: 0 }
  try {
    await refuseNewerSchema(database.db)
    await refuseForeignFiles(database.db, config.dataFolder)
    if (!(await isMigrated(database.db))) return counts
    const deps = { db: database.db, blobs: folderBlobs(config.dataFolder) }
    for await (const found of verifyBlobs(deps)) {
      counts.files += 1
      if (found === 'ok') continue
      counts.faults += 1
      await onFault(found)
    }
    return counts
  } catch (error) {
    throw explainStartFailure(error, config)
  } finally {
    await database.close()
  }
}

/** Opening what is not there would make it. */
async function requireDatabase({ dataFolder, database: { url } }: Config): Promise<void> {
  if (url !== undefined) return
  await refuseLostCluster(dataFolder)
  if (existsSync(postgresPaths(dataFolder).cluster)) return
  throw new ConfigError(
    `DESCRY_DATA: there is no database of Descry in ${dataFolder}: nothing to verify.`,
  )
}
