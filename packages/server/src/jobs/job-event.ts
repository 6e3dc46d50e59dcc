import type { NewEvent } from '../db/events.ts'
import type { JobRow } from '../db/tables.ts'
import { failureOf, progressOf } from './to-job.ts'

/** What to tell of a job's new state. */
export const jobEvent = (row: JobRow): NewEvent => ({
  type: 'job',
  data: {
    id: row.id,
    kind: row.kind,
    parentId: row.parent_id,
    status: row.status,
    progress: progressOf(row),
    error: failureOf(row),
    runAfter: row.run_after?.toISOString() ?? null,
  },
})
