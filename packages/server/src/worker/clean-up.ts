import { dropEmptyCaptionPartitions, makeCaptionPartitions } from '../db/caption-partitions.ts'
import { bookLostLeases, deleteOldJobCosts, deleteOldWindows } from '../db/captioner-usage.ts'
import { deleteOutdated } from '../db/delete-outdated.ts'
import { deleteEvents } from '../db/events.ts'
import { deleteFinishedJobs } from '../db/jobs.ts'
import { sweepBlobs } from '../images/sweep-blobs.ts'
import { cleanUp } from '../queue/jobs.ts'
import { handler } from './handler.ts'

/** Daily: what crashes left behind, and what is older than people look back. Captions stay. */
export const cleanUpHandler = handler({
  job: cleanUp,

  start: async () => ({ now: Date.now() }),

  /** A step that fails does not stop the others; the queue repeats all of them. */
  async run({ now }, { deps, signal }) {
    const { db, config } = deps
    const before = (milliseconds: number) => new Date(now - milliseconds)
    const kept = before(config.worker.keepJobsDays * DAY)
    const errors: unknown[] = []
    await makeCaptionPartitions(db, { now: new Date(now), onError: (error) => errors.push(error) })
    const steps = [
      () => sweepBlobs(deps, { now, signal }),
      () => deleteOutdated(db, deleteEvents, { before: before(DAY), signal }),
      () => deleteOutdated(db, deleteFinishedJobs, { before: kept, signal }),
      () => bookLostLeases(db, before(HOUR)),
      () => deleteOldWindows(db, before(2 * DAY)),
      () => deleteOldJobCosts(db, kept),
      () => dropEmptyCaptionPartitions(db, new Date(now)),
    ]
    for (const step of steps) await step().catch((error: unknown) => errors.push(error))
    if (errors.length > 0) throw new AggregateError(errors, 'Parts of the clean-up failed.')
    return undefined
  },
})

const HOUR = 60 * 60 * 1000
const DAY = 24 * 60 * 60 * 1000
