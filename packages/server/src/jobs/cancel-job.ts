import type { Caller } from '../access/caller.ts'
import { BATCH, cancelItems, recountBatch } from '../db/batches.ts'
import type { Tx } from '../db/client.ts'
import { publish } from '../db/events.ts'
import { cancelJob as cancelRow, findJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { countEnded } from './batches.ts'
import { jobEvent } from './to-job.ts'

/** A job that waits is not done; one in hand is stopped by the worker that hears of it. */
export async function cancelJob(
  caller: Caller,
  { db, queue }: Pick<Deps, 'db' | 'queue'>,
  id: string,
): Promise<JobRow> {
  return inTransaction(db, async (tx) => {
    const found = await findJob(tx, caller.organizationId, id)
    if (found?.kind === BATCH) return cancelBatch(tx, { caller, queue, id })
    const job = await cancelRow(tx, caller.organizationId, id)
    if (!job) return refuse(tx, caller, id)
    await queue.cancel(tx, [job])
    await publish(tx, caller, [job, ...(await countEnded(tx, job))].map(jobEvent))
    return job
  })
}

/**
 * One event tells of all of its jobs. They are locked before their batch, as by a worker that ends one of
 * them; the other way round, each would wait for the other. A job that was added in between is canceled
 * afterwards, without waiting for anybody.
 */
async function cancelBatch(
  tx: Tx,
  { caller, queue, id }: { caller: Caller; queue: Deps['queue']; id: string },
): Promise<JobRow> {
  const canceled = await cancelItems(tx, id)
  const batch = await cancelRow(tx, caller.organizationId, id)
  if (!batch) return refuse(tx, caller, id)
  canceled.push(...(await cancelItems(tx, id, { skipLocked: true })))
  await queue.cancel(tx, canceled)
  const counted = (await recountBatch(tx, id)) ?? batch
  await publish(tx, caller, [jobEvent(counted)])
  return counted
}

async function refuse(tx: Tx, { organizationId }: Caller, id: string): Promise<JobRow> {
  const found = await findJob(tx, organizationId, id)
  if (!found) throw notFound('job', id)
  if (found.status === 'canceled') return found
  throw new AppError(
    'conflict',
    `Job ${id} is ${found.status} already; there is nothing to cancel.`,
  )
}
