import { countEndedItem } from '../db/batches.ts'
import type { Tx } from '../db/client.ts'
import type { JobRow } from '../db/tables.ts'

/** Counts a job that has ended in its batch, which ends with its last one; gives the batch, if any. */
export async function countEnded(tx: Tx, job: JobRow): Promise<JobRow[]> {
  if (job.parent_id === null) return []
  const batch = await countEndedItem(tx, job.parent_id, { failed: job.status === 'failed' })
  return batch ? [batch] : []
}
