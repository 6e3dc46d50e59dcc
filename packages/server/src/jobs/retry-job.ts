import type { JobRetry } from '@descry/contract'
import { v7 as uuidv7 } from 'uuid'
import type { Caller } from '../access/caller.ts'
import { BATCH, recountBatch, redriveItems, reopenBatch } from '../db/batches.ts'
import type { Tx } from '../db/client.ts'
import { publish } from '../db/events.ts'
import { findJob, redriveJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { jobEvent } from './to-job.ts'
import { toSending } from './to-sending.ts'

/** A failed or canceled job goes back into the queue; of a batch, all such jobs. */
export async function retryJob(
  caller: Caller,
  { db, queue }: Pick<Deps, 'db' | 'queue'>,
  { id, force }: { id: string } & JobRetry,
): Promise<JobRow> {
  return inTransaction(db, async (tx) => {
    const found = await findJob(tx, caller.organizationId, id)
    if (!found) throw notFound('job', id)
    if (found.kind === BATCH) return retryBatch(tx, { caller, queue, batch: found, force })

    const { organizationId } = caller
    const job = await redriveJob(tx, { organizationId, id, deliveryId: uuidv7(), force })
    if (!job) throw notRetriable(found)
    await queue.send(tx, [toSending(job)])
    const batch = await reopen(tx, job.parent_id)
    await publish(tx, caller, [job, ...batch].map(jobEvent))
    return job
  })
}

async function retryBatch(
  tx: Tx,
  {
    caller,
    queue,
    batch,
    force,
  }: { caller: Caller; queue: Deps['queue']; batch: JobRow; force: true | undefined },
): Promise<JobRow> {
  if (force) {
    throw new AppError('unsupported-option', 'Retry single jobs of a batch with `force`, not all.')
  }
  const jobs = await redriveItems(tx, batch.id)
  if (jobs.length === 0) throw new AppError('conflict', `Nothing of batch ${batch.id} has failed.`)
  await queue.send(tx, jobs.map(toSending))
  const [reopened = batch] = await reopen(tx, batch.id)
  await publish(tx, caller, [jobEvent(reopened)])
  return reopened
}

/** A batch with a job to do goes on. */
async function reopen(tx: Tx, id: string | null): Promise<JobRow[]> {
  if (id === null) return []
  await reopenBatch(tx, id)
  const batch = await recountBatch(tx, id)
  return batch ? [batch] : []
}

const notRetriable = ({ id, status }: JobRow) =>
  new AppError('conflict', `Job ${id} is ${status}; only failed and canceled jobs can be retried.`)
