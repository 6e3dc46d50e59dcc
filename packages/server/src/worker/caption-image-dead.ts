import { emitEvents } from '../db/events.ts'
import { failJob, findJobById } from '../db/jobs.ts'
import { inTransaction } from '../db/transaction.ts'
import { jobEvent } from '../jobs/job-event.ts'
import { captionImageDead } from '../queue/jobs.ts'
import { handler } from './handler.ts'

/** The queue gave up on a delivery, and no worker lived to say so: the row must not say "processing" for ever. */
export const captionImageDeadHandler = handler({
  job: captionImageDead,

  start: async (payload) => payload,

  async run({ jobId, deliveryId }, { deps, settle }) {
    await inTransaction(deps.db, async (tx) => {
      await settle(tx)
      const job = await findJobById(tx, jobId)
      const attempt = job && { ...job, delivery_id: deliveryId }
      const failed = attempt && (await failJob(tx, attempt, lost(job.attempts)))
      if (failed) await emitEvents(tx, [jobEvent(failed)])
    })
  },
})

const lost = (attempts: number) =>
  ({
    code: 'worker-lost',
    message: `The worker stopped during each of ${attempts} attempts. Retry it when the cause is found; the log tells what happened.`,
  }) as const
