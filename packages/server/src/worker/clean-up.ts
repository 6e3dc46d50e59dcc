import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../blobs/folder-blobs.ts'
import {
  bookLostLeases,
  deleteOldJobCosts,
  deleteOldWindows,
  vacuumUsage,
} from '../db/captioner-usage.ts'
import { deleteEvents } from '../db/events.ts'
import { deleteFinishedJobs } from '../db/jobs.ts'
import { makeCaptionPartitions } from '../db/migrate.ts'
import { cleanUp } from '../queue/jobs.ts'
import { handler } from './handler.ts'

/** Daily: what crashes left behind, and what is older than people look back. Captions stay. */
export const cleanUpHandler = handler({
  job: cleanUp,

  start: async () => ({ now: Date.now() }),

  async run({ now }, { deps: { db, config } }) {
    await deleteOldFiles(temporaryFolder(config.dataFolder), now - DAY)
    await deleteEvents(db, new Date(now - DAY))
    await deleteFinishedJobs(db, new Date(now - config.worker.keepJobsDays * DAY))
    await bookLostLeases(db, new Date(now - HOUR))
    await deleteOldWindows(db, new Date(now - 2 * DAY))
    await deleteOldJobCosts(db, new Date(now - config.worker.keepJobsDays * DAY))
    await vacuumUsage(db)
    await makeCaptionPartitions(db, new Date(now))
  },
})

const HOUR = 60 * 60 * 1000
const DAY = 24 * 60 * 60 * 1000

async function deleteOldFiles(folder: string, before: number): Promise<void> {
  const names = await readdir(folder).catch(() => []) // nothing was ever written
  for (const name of names) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    if (mtimeMs < before) await rm(path, { force: true })
  }
}
