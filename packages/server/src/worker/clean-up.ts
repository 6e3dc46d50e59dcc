import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../blobs/folder-blobs.ts'
import { makeCaptionPartitions } from '../db/caption-partitions.ts'
import { bookLostLeases, deleteOldJobCosts, deleteOldWindows } from '../db/captioner-usage.ts'
import { deleteEvents } from '../db/events.ts'
import { deleteFinishedJobs } from '../db/jobs.ts'

import { cleanUp } from '../queue/jobs.ts'
import { handler } from './handler.ts'

/** Daily: what crashes left behind, and what is older than people look back. Captions stay. */
export const cleanUpHandler = handler({
  job: cleanUp,

  start: async () => ({ now: Date.now() }),

  /** A step that fails does not stop the others; the queue repeats all of them. */
  async run({ now }, { deps: { db, config } }) {
    const before = (milliseconds: number) => new Date(now - milliseconds)
    const kept = before(config.worker.keepJobsDays * DAY)
    const errors: unknown[] = []
    await makeCaptionPartitions(db, { now: new Date(now), onError: (error) => errors.push(error) })
    const steps = [
      () => deleteOldFiles(temporaryFolder(config.dataFolder), now - DAY),
      () => deleteEvents(db, before(DAY)),
      () => deleteFinishedJobs(db, kept),
      () => bookLostLeases(db, before(HOUR)),
      () => deleteOldWindows(db, before(2 * DAY)),
      () => deleteOldJobCosts(db, kept),
    ]
    for (const step of steps) await step().catch((error: unknown) => errors.push(error))
    if (errors.length > 0) throw new AggregateError(errors, 'Parts of the clean-up failed.')
    return undefined
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
