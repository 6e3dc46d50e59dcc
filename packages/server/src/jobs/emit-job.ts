import type { Tx } from '../db/client.ts'
import { emitEvents } from '../db/events.ts'
import type { JobRow } from '../db/tables.ts'
import { toJob } from './to-job.ts'

/** Tells of a job's new state. The last statement of its transaction. */
export const emitJob = (tx: Tx, row: JobRow): Promise<void> =>
  emitEvents(tx, [{ organizationId: row.organization_id, type: 'job', data: toJob(row) }])
