import { emitEvents } from '../db/events.ts'
import { isWaiting, listOrphanedJobs, returnOrphanedJob } from '../db/jobs.ts'
import { inTransaction } from '../db/transaction.ts'
import { deleteAllWorkers, deleteSilentWorkers, SILENT_SECONDS } from '../db/workers.ts'
import type { Deps } from '../deps.ts'
import { jobEvent } from '../jobs/job-event.ts'
import { captionImage } from '../queue/jobs.ts'

/**
 * Puts back into the line what dead workers had in hand; returns how many. It counts as an attempt,
 * so that a job which kills its worker each time ends among the dead letters.
 */
export async function recoverOrphans(
  { db, queue }: Pick<Deps, 'db' | 'queue'>,
  { alone }: { alone: boolean },
): Promise<number> {
  await (alone ? deleteAllWorkers(db) : deleteSilentWorkers(db, SILENT_SECONDS))
  const orphans = await listOrphanedJobs(db)
  for (const orphan of orphans) {
    await inTransaction(db, async (tx) => {
      const job = await returnOrphanedJob(tx, orphan)
      if (!job) return // another worker was faster
      await queue.fail(captionImage, job.delivery_id, 'The worker stopped.', tx)
      await emitEvents(tx, [jobEvent(job)])
    })
  }
  return orphans.length + (await returnUnbegun({ db, queue }, alone ? 0 : SILENT_SECONDS))
}

/**
 * Deliveries whose worker died, or lost the database, between fetching and beginning: nobody holds
 * them, and the queue would wait out their whole time.
 */
async function returnUnbegun({ db, queue }: Pick<Deps, 'db' | 'queue'>, seconds: number) {
  let returned = 0
  for (const { deliveryId, payload } of await queue.listFetched(captionImage, seconds)) {
    await inTransaction(db, async (tx) => {
      if (!(await isWaiting(tx, { id: payload.jobId, deliveryId }))) return
      await queue.fail(captionImage, deliveryId, 'The worker stopped.', tx)
      returned += 1
    })
  }
  return returned
}
