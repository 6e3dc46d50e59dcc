import type { JobRetry } from '@descry/contract'
import { v7 as uuidv7 } from 'uuid'
import type { Caller } from '../access/caller.ts'
import { emitEvents } from '../db/events.ts'
import { findJob, redriveJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { captionImage } from '../queue/jobs.ts'
import { jobEvent } from './job-event.ts'

/** A failed or canceled job goes back into the queue, with all its attempts before it. */
export async function retryJob(
  { organizationId }: Caller,
  { db, queue }: Pick<Deps, 'db' | 'queue'>,
  { id, force }: { id: string } & JobRetry,
): Promise<JobRow> {
  const deliveryId = uuidv7()
  return inTransaction(db, async (tx) => {
    const job = await redriveJob(tx, { organizationId, id, deliveryId, force })
    if (!job) {
      const found = await findJob(tx, organizationId, id)
      if (!found) throw notFound('job', id)
      throw new AppError(
        'conflict',
        `Job ${id} is ${found.status}; only failed and canceled jobs can be retried.`,
      )
    }
    await queue.send(
      tx,
      captionImage,
      { jobId: id, deliveryId },
      { deliveryId, priority: job.priority },
    )
    await emitEvents(tx, [jobEvent(job)])
    return job
  })
}
