import type { Caller } from '../access/caller.ts'
import { emitEvents } from '../db/events.ts'
import { cancelJob as cancelRow, findJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { captionImage } from '../queue/jobs.ts'
import { jobEvent } from './job-event.ts'

/** A job that waits is not done; one in hand is stopped by the worker that hears of it. */
export async function cancelJob(
  { organizationId }: Caller,
  { db, queue }: Pick<Deps, 'db' | 'queue'>,
  id: string,
): Promise<JobRow> {
  return inTransaction(db, async (tx) => {
    const job = await cancelRow(tx, organizationId, id)
    if (!job) {
      const found = await findJob(tx, organizationId, id)
      if (!found) throw notFound('job', id)
      if (found.status === 'canceled') return found
      throw new AppError(
        'conflict',
        `Job ${id} is ${found.status} already; there is nothing to cancel.`,
      )
    }
    await queue.cancel(captionImage, job.delivery_id, tx)
    await emitEvents(tx, [jobEvent(job)])
    return job
  })
}
