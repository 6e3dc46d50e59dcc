import type { BatchRequest } from '@descry/contract'
import { v7 as uuidv7 } from 'uuid'
import { type Caller, jobCaller } from '../access/caller.ts'
import { BATCH, countEndedItem, listAbandonedBatches, recountBatch } from '../db/batches.ts'
import type { Tx } from '../db/client.ts'
import { publish } from '../db/events.ts'
import { cancelJob, findJob, insertJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { findSubmitted } from './find-submitted.ts'
import { jobEvent } from './to-job.ts'

type BatchSubmission = BatchRequest & { priority: number; idempotencyKey?: string | undefined }

/** A batch to which jobs are added; it is under way from the beginning. */
export async function createBatch(
  caller: Caller,
  { db }: Pick<Deps, 'db'>,
  { name, images, priority, idempotencyKey }: BatchSubmission,
): Promise<JobRow> {
  const { organizationId, actor } = caller
  const input = { name: name ?? null, images }
  return inTransaction(db, async (tx) => {
    const asked = { kind: BATCH, input, parentId: null }
    const before = await findSubmitted(tx, caller, { key: idempotencyKey, asked })
    if (before) return before
    const batch = await insertJob(tx, {
      organization_id: organizationId,
      ...{ id: uuidv7(), delivery_id: uuidv7(), kind: BATCH, status: 'processing', actor },
      ...{ name: name ?? null, priority, progress_total: images },
      input: JSON.stringify(input),
      idempotency_key: idempotencyKey ?? null,
    })
    await publish(tx, caller, [jobEvent(batch)])
    return batch
  })
}

/** The batch ends with the jobs that it has, though more were announced. */
export async function closeBatch(
  caller: Caller,
  { db }: Pick<Deps, 'db'>,
  id: string,
): Promise<JobRow> {
  return inTransaction(db, async (tx) => {
    const found = await findJob(tx, caller.organizationId, id)
    if (found?.kind !== BATCH) throw notFound('batch', id)
    if (found.status !== 'processing') {
      throw new AppError('conflict', `Batch ${id} is ${found.status} already.`)
    }
    const batch = (await endWithItsJobs(tx, found)) ?? found
    await publish(tx, caller, [jobEvent(batch)])
    return batch
  })
}

/** Batches whose uploads broke off before `before` end with what they have. */
export async function closeAbandonedBatches({ db }: Pick<Deps, 'db'>, before: Date): Promise<void> {
  for (const abandoned of await listAbandonedBatches(db, before)) {
    await inTransaction(db, async (tx) => {
      const batch = await endWithItsJobs(tx, abandoned)
      if (batch) await publish(tx, jobCaller(batch), [jobEvent(batch)])
    })
  }
}

/** No more jobs are waited for; a batch that has none at all was never begun. */
const endWithItsJobs = (
  tx: Tx,
  { organization_id, id, items }: JobRow,
): Promise<JobRow | undefined> =>
  items === 0 ? cancelJob(tx, organization_id, id) : recountBatch(tx, id, { close: true })

/** Counts a job that has ended in its batch, which ends with its last one; gives the batch, if any. */
export async function countEnded(tx: Tx, job: JobRow): Promise<JobRow[]> {
  if (job.parent_id === null) return []
  const batch = await countEndedItem(tx, job.parent_id, { failed: job.status === 'failed' })
  return batch ? [batch] : []
}
