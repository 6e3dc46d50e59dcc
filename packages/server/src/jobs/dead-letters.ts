import { jobCaller } from '../access/caller.ts'
import { publish } from '../db/events.ts'
import { failJob, findJobById } from '../db/jobs.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { DEAD_LETTERS, type Delivery, JobPayload } from '../queue/queue.ts'
import { countEnded } from './batches.ts'
import { jobEvent } from './to-job.ts'

/** The queue gave up on a delivery, and no worker lived to say so: the row must not say "processing" for ever. */
export async function buryDeadLetter(
  { db, queue }: Pick<Deps, 'db' | 'queue'>,
  { id, data }: Delivery,
): Promise<void> {
  const { jobId, deliveryId } = JobPayload.parse(data)
  await inTransaction(db, async (tx) => {
    await queue.complete(DEAD_LETTERS.kind, id, tx)
    const job = await findJobById(tx, jobId)
    const attempt = job && { ...job, delivery_id: deliveryId }
    const failed = attempt && (await failJob(tx, attempt, lost(job.attempts)))
    if (!failed) return
    const ended = [failed, ...(await countEnded(tx, failed))]
    await publish(tx, jobCaller(failed), ended.map(jobEvent))
  })
}

const lost = (attempts: number) =>
  ({
    code: 'worker-lost',
    message: `The worker stopped during each of ${attempts} attempts. Retry it when the cause is found; the log tells what happened.`,
  }) as const
