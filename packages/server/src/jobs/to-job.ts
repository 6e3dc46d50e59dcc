import type { Failure, Job, Progress } from '@descry/contract'
import type { NewEvent } from '../db/events.ts'
import type { JobRow } from '../db/tables.ts'

/** From a row to what crosses the wire: what all jobs have, then what its kind shows. */
export const toJob = (row: JobRow): Job =>
  ({
    id: row.id,
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
    ...(shownByKind[row.kind] ?? showOther)(row),
  }) as Job // its kind wrote input and result through schemas of its own

/** What a kind shows besides; the shapes are in the contract. */
const shownByKind: Record<string, (row: JobRow) => { kind: string }> = {
  batch: ({ items }) => ({ kind: 'batch', items }),
  caption: ({ input, result }) => ({
    kind: 'caption',
    captionIds: [],
    missing: [],
    ...(input as object),
    ...(result as object | null),
  }),
}

const showOther = ({ kind, result }: JobRow) => ({ kind: 'other', work: kind, result })

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
