import type { Job } from '@descry/contract'
import type { JobRow } from '../db/tables.ts'

/** From a row to what crosses the wire. */
export const toJob = (row: JobRow): Job => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  progress: { done: row.progress_done, total: row.progress_total },
  priority: row.priority,
  attempts: row.attempts,
  interruptions: row.interruptions,
  error:
    row.error_code && row.error_message
      ? { code: row.error_code, message: row.error_message }
      : null,
  trace: row.trace,
  imageId: row.input.imageId,
  name: row.name,
  options: row.input.options,
  captionIds: row.result?.captionIds ?? [],
  createdAt: row.created_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  finishedAt: row.finished_at?.toISOString() ?? null,
})
