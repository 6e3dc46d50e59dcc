import { v7 as uuidv7 } from 'uuid'
import { jobCaller } from '../access/caller.ts'
import type { Tx } from '../db/client.ts'
import { publish } from '../db/events.ts'
import { failJob, requeueJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { countEnded } from './batches.ts'
import type { Next } from './decide-after-failure.ts'
import type { Attempt, JobDefinition } from './define-job.ts'
import { jobEvent } from './to-job.ts'
import { toSending } from './to-sending.ts'

type Settling = { job: JobRow | undefined; next: Next; attempt: Attempt }

/** Leaves row and queue in a state that says the same, in one transaction. */
export async function settleFailure(
  { kind }: JobDefinition,
  { job, next, attempt: { deps, delivery } }: Settling,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    // One that could not begin has no row to say so in: it comes again, or its dead letter tells.
    if (job === undefined || next.kind === 'retry') {
      const reason = 'failure' in next ? next.failure.message : 'The worker was stopped.'
      await deps.queue.fail(kind, delivery.id, reason, tx)
    } else {
      await deps.queue.complete(kind, delivery.id, tx)
    }
    const changed = job ? await updateRows(deps, tx, { job, next }) : []
    if (job) await publish(tx, jobCaller(job), changed.map(jobEvent))
  })
}

/** The job's row and that of its batch, as far as this attempt still had it in hand. */
async function updateRows(
  { queue }: Pick<Deps, 'queue'>,
  tx: Tx,
  { job, next }: { job: JobRow; next: Next },
): Promise<JobRow[]> {
  if (next.kind === 'give-up') {
    const failed = await failJob(tx, job, next.failure)
    return failed ? [failed, ...(await countEnded(tx, failed))] : []
  }
  if (next.kind === 'retry') {
    const row = await requeueJob(tx, job, { failure: next.failure })
    return row ? [row] : []
  }
  const again =
    next.kind === 'put-off' ? { failure: next.failure, runAfter: next.until } : { runAfter: null }
  const row = await requeueJob(tx, job, { ...again, deliveryId: uuidv7() })
  if (!row) return []
  await queue.send(tx, [toSending(row)])
  return [row]
}
