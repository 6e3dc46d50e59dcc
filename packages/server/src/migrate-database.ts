import type { Config } from './config.ts'
import { makeCaptionPartitions } from './db/caption-partitions.ts'
import { LONG_MS, withDeadline } from './db/deadline.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open-database.ts'
import { refuseForeignFiles } from './db/refuse-lost-database.ts'
import { explainStartFailure } from './explain-start-failure.ts'
import { allKinds } from './job-list.ts'
import { startQueue } from './queue/queue.ts'

/** Brings the schemas of the rows and of the queue up to date, without serving. */
export async function migrateDatabase(config: Config): Promise<{ applied: string[] }> {
  const onError = (error: Error) => {
    throw error
  }
  const database = await openDatabase(config, { onError })
  try {
    await refuseForeignFiles(database.db, config.dataFolder)
    const applied = await withDeadline(LONG_MS, () => migrate(database.db))
    await withDeadline(LONG_MS, () => makeCaptionPartitions(database.db, { onError }))
    const queue = await startQueue(database, { kinds: allKinds, supervise: false, onError })
    await queue.stop()
    return { applied }
  } catch (error) {
    throw explainStartFailure(error, config)
  } finally {
    await database.close()
  }
}
