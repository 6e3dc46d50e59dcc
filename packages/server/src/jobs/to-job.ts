import type { Failure, Job, Progress } from '@descry/contract'
import type { NewEvent } from '../db/events.ts'
import type { JobRow } from '../db/tables.ts'

/** From a row to what crosses the wire: what all jobs have, then what its kind took and gave. */
export const toJob = (row: JobRow): Job =>
  ({
    id: row.id,
    kind: row.kind,
    status: row.status,
    progress: progressOf(row),
    parentId: row.parent_id,
    priority: row.priority,
    attempts: row.attempts,
    interruptions: row.interruptions,
    error: failureOf(row),
    runAfter: row.status === 'queued' ? (row.run_after?.toISOString() ?? null) : null,
    name: row.name,
    trace: row.trace,
    actor: row.actor,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    ...(row.kind === 'batch' && { items: row.items }),
    ...(row.kind === 'caption' && { captionIds: [] }),
    ...(row.input as object),
    ...(row.result as object | null),
  }) as Job // its kind wrote input and result through schemas of its own

const progressOf = (row: JobRow): Progress => ({
  done: row.progress_done,
  failed: row.progress_failed,
  total: row.progress_total,
})

const failureOf = ({ error_code: code, error_message: message }: JobRow): Failure | null =>
  code && message ? { code, message } : null

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
