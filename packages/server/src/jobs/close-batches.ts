import { jobCaller } from '../access/job-caller.ts'
import { listAbandonedBatches, recountBatch } from '../db/batches.ts'
import type { Tx } from '../db/client.ts'
import { publish } from '../db/events.ts'
import { cancelJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { jobEvent } from './job-event.ts'

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
export const endWithItsJobs = (
  tx: Tx,
  { organization_id, id, items }: JobRow,
): Promise<JobRow | undefined> =>
  items === 0 ? cancelJob(tx, organization_id, id) : recountBatch(tx, id, { close: true })
