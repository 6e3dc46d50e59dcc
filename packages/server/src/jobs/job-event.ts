import type { NewEvent } from '../db/events.ts'
import type { JobRow } from '../db/tables.ts'
import { toJob } from './to-job.ts'

/** What to tell of a job's new state. */
export const jobEvent = (row: JobRow): NewEvent => ({
  organizationId: row.organization_id,
  type: 'job',
  data: toJob(row),
})
