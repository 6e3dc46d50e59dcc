import { v7 as uuidv7 } from 'uuid'
import type { Caller } from '../access/caller.ts'
import { addItem, BATCH } from '../db/batches.ts'
import type { Tx } from '../db/client.ts'
import { publish } from '../db/events.ts'
import { findJob, insertJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import type { JobDefinition } from './define-job.ts'
import { findSubmitted } from './find-submitted.ts'
import { jobEvent } from './to-job.ts'
import { toSending } from './to-sending.ts'

export type Submission<Input> = {
  input: Input
  /** What people know it by. */
  name: string | null
  priority: number
  /** How many items it has. */
  total: number
  batchId?: string | undefined
  /** For how long after its first attempt it may be put off; a day unless given. */
  patienceSeconds?: number | undefined
  /** The same request with the same key gives the same job. */
  idempotencyKey?: string | undefined
}

/** Records the job and queues the work, in the caller's transaction. */
export async function submitJob<Input, Result>(
  caller: Caller,
  { queue }: Pick<Deps, 'queue'>,
  {
    tx,
    definition,
    submission,
  }: { tx: Tx; definition: JobDefinition<Input, Result>; submission: Submission<Input> },
): Promise<JobRow> {
  const { organizationId, actor } = caller
  const { input, name, priority, total, batchId, patienceSeconds, idempotencyKey } = submission
  const asked = { kind: definition.kind, input, parentId: batchId ?? null }
  const before = await findSubmitted(tx, caller, { key: idempotencyKey, asked })
  if (before) return before
  const batch = batchId === undefined ? undefined : await openBatch(tx, organizationId, batchId)
  const job = await insertJob(tx, {
    organization_id: organizationId,
    actor,
    id: uuidv7(),
    kind: definition.kind,
    ...{ name, priority: batch?.priority ?? priority, progress_total: total },
    input: JSON.stringify(input),
    parent_id: batchId ?? null,
    position: batch ? batch.items - 1 : 0,
    delivery_id: uuidv7(),
    idempotency_key: idempotencyKey ?? null,
    ...(patienceSeconds !== undefined && { patience_seconds: patienceSeconds }),
  })
  await queue.send(tx, [toSending(job)])
  await publish(tx, caller, [job, ...(batch ? [batch] : [])].map(jobEvent))
  return job
}

/** The batch with one more item; one that has ended takes none. */
async function openBatch(tx: Tx, organizationId: string, id: string): Promise<JobRow> {
  const batch = await addItem(tx, organizationId, id)
  if (batch) return batch
  const found = await findJob(tx, organizationId, id)
  if (found?.kind !== BATCH) throw notFound('batch', id)
  throw new AppError('conflict', `Batch ${id} is ${found.status}; begin another one.`)
}
