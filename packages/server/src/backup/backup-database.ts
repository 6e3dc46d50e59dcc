import { folderBlobs } from '../blobs/folder-blobs.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'
import { LONG_MS, withDeadline } from '../db/deadline.ts'
import { openDatabase } from '../db/open-database.ts'
import { type BackupResult, createBackup } from './create-backup.ts'
import { type RestoreResult, restoreBackup } from './restore-backup.ts'

type Options = { onNotice: (message: string) => void }

/** Backs up the configured installation, running or not. */
export const backupDatabase = (config: Config, path: string, options: Options) =>
  withDatabase(
    config,
    options,
    (database): Promise<BackupResult> =>
      createBackup({ database, blobs: folderBlobs(config.dataFolder) }, path),
  )

/** Restores into the configured installation, which must be empty. */
export const restoreDatabase = (config: Config, path: string, options: Options) =>
  withDatabase(
    config,
    { ...options, restoring: true },
    (database, onError): Promise<RestoreResult> =>
      restoreBackup({ database, onError, blobs: folderBlobs(config.dataFolder) }, path),
  )

async function withDatabase<Result>(
  config: Config,
  { onNotice, restoring = false }: Options & { restoring?: boolean },
  work: (database: Database, onError: (error: Error) => void) => Promise<Result>,
): Promise<Result> {
  const onError = ({ message }: Error) => onNotice(message)
  const database = await openDatabase(config, { onError, onNotice, restoring })
  try {
    return await withDeadline(LONG_MS, () => work(database, onError))
  } finally {
    await database.close()
  }
}
