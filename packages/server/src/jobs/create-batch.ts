import type { BatchRequest } from '@descry/contract'
import { v7 as uuidv7 } from 'uuid'
import type { Caller } from '../access/caller.ts'
import { BATCH } from '../db/batches.ts'
import { publish } from '../db/events.ts'
import { findJob, insertJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { endWithItsJobs } from './close-batches.ts'
import { jobEvent } from './job-event.ts'

/** A batch to which jobs are added; it is under way from the beginning. */
export async function createBatch(
  caller: Caller,
  { db }: Pick<Deps, 'db'>,
  { name, images, priority }: BatchRequest & { priority: number },
): Promise<JobRow> {
  const { organizationId, actor } = caller
  return inTransaction(db, async (tx) => {
    const batch = await insertJob(tx, {
      organization_id: organizationId,
      ...{ id: uuidv7(), delivery_id: uuidv7(), kind: BATCH, status: 'processing', actor },
      ...{ name: name ?? null, priority, progress_total: images, input: '{}' },
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
