import { existsSync } from 'node:fs'
import { AppError } from '../errors.ts'
import { hasStoredFiles } from '../files/inspect-data-folder.ts'
import { postgresPaths } from '../postgres/postgres-paths.ts'
import type { Db } from './client.ts'
import { hasImages } from './images.ts'
import { isMigrated } from './migrate.ts'

/**
 * Files of images without any database are what is left of an installation: a new database beside them
 * would hide that, and its sweep would delete them as orphans.
 */
export async function refuseLostCluster(dataFolder: string): Promise<void> {
  const { cluster } = postgresPaths(dataFolder)
  if (existsSync(cluster) || !(await hasStoredFiles(dataFolder))) return
  throw lostDatabase(dataFolder, `the database is gone (there is no ${cluster})`)
}

/** The same where there is a database on which Descry was never started. */
export async function refuseForeignFiles(db: Db, dataFolder: string): Promise<void> {
  if ((await isMigrated(db)) || !(await hasStoredFiles(dataFolder))) return
  throw lostDatabase(dataFolder, 'the database is empty')
}

/** What to say where there are images and none of their files; undefined where all is well. */
export async function findLostFiles(db: Db, dataFolder: string): Promise<string | undefined> {
  if (await hasStoredFiles(dataFolder)) return undefined
  if (!(await isMigrated(db)) || !(await hasImages(db))) return undefined
  return `The database knows images, and none of their files is in ${dataFolder}/blobs. Put the folder back, or check DESCRY_DATA; a picture that is uploaded again is put back, too.`
}

const lostDatabase = (dataFolder: string, fault: string) =>
  new AppError(
    'database-unavailable',
    `${dataFolder} holds files of images, but ${fault}. Nothing was changed. Put the database back: descry restore FILE reads a backup; to begin anew, move ${dataFolder}/blobs away. Or check DESCRY_DATA and DATABASE_URL.`,
    { retry: false },
  )
