import { dropEmptyCaptionPartitions, makeCaptionPartitions } from '../db/caption-partitions.ts'
import { bookLostLeases, deleteOldJobCosts, deleteOldWindows } from '../db/captioner-usage.ts'
import { LONG_MS, withDeadline } from '../db/deadline.ts'
import { deleteOutdated } from '../db/delete-outdated.ts'
import { deleteEvents } from '../db/events.ts'
import { deleteFinishedJobs } from '../db/jobs.ts'
import type { Deps } from '../deps.ts'
import { sweepBlobs } from '../images/sweep-blobs.ts'
import { closeAbandonedBatches } from '../jobs/batches.ts'
import { defineTask } from '../jobs/define-job.ts'

/** Daily: what crashes left behind, and what is older than people look back. Captions stay. */
export const cleanUp = defineTask({
  kind: 'clean-up',
  cron: '17 3 * * *',
  retryLimit: 2,
  timeoutSeconds: 600,
  run: ({ deps, signal }) => withDeadline(LONG_MS, () => cleanUpAsOf(Date.now(), deps, signal)),
})

/** A step that fails does not stop the others; the queue repeats all of them. */
export async function cleanUpAsOf(now: number, deps: Deps, signal: AbortSignal): Promise<void> {
  const { db, config } = deps
  const before = (milliseconds: number) => new Date(now - milliseconds)
  const kept = before(config.worker.keepJobsDays * DAY)
  const errors: unknown[] = []
  await makeCaptionPartitions(db, { now: new Date(now), onError: (error) => errors.push(error) })
  const steps = [
    () => sweepBlobs(deps, { now, signal }),
    () => closeAbandonedBatches(deps, before(DAY)),
    () => deleteOutdated(db, deleteEvents, { before: before(DAY), signal }),
    () => deleteOutdated(db, deleteFinishedJobs, { before: kept, signal }),
    () => bookLostLeases(db, before(HOUR)),
    () => deleteOldWindows(db, before(2 * DAY)),
    () => deleteOldJobCosts(db, kept),
    () => dropEmptyCaptionPartitions(db, new Date(now)),
  ]
  for (const step of steps) await step().catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw new AggregateError(errors, 'Parts of the clean-up failed.')
}

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR
