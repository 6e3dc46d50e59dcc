import type { Failure, JobQuery, JobRetry, Trace } from '@descry/contract'
import { type ExpressionBuilder, type Insertable, sql } from 'kysely'
import { BATCH } from './batches.ts'
import type { Db, Tx } from './client.ts'
import type { Outdated } from './delete-outdated.ts'
import type { JobRow, Tables } from './tables.ts'

export function insertJob(tx: Tx, job: Insertable<Tables['jobs']>): Promise<JobRow> {
  return tx.insertInto('jobs').values(job).returningAll().executeTakeFirstOrThrow()
}

/** The job that a request with this key has submitted; until the end of `tx` no other can submit one. */
export async function claimIdempotencyKey(
  tx: Tx,
  organizationId: string,
  key: string,
): Promise<JobRow | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${organizationId}/${key}`}, 1))`.execute(
    tx,
  )
  return tx
    .selectFrom('jobs')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst()
}

export function findJob(db: Db, organizationId: string, id: string): Promise<JobRow | undefined> {
  return db
    .selectFrom('jobs')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Whoever it belongs to: for the worker. */
export function findJobById(db: Db, id: string): Promise<JobRow | undefined> {
  return db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
}

/** One more than the page, so that the caller knows whether there is a next one. */
export function listJobs(
  db: Db,
  organizationId: string,
  { cursor, limit, status, batchId, order, offset }: JobQuery,
): Promise<JobRow[]> {
  const isOldestFirst = order === 'oldest'
  return db
    .selectFrom('jobs')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('parent_id', batchId === undefined ? 'is' : '=', batchId ?? null)
    .$if(cursor !== undefined, (query) =>
      query.where('id', isOldestFirst ? '>' : '<', cursor ?? ''),
    )
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'queued'))
    .orderBy('id', isOldestFirst ? 'asc' : 'desc')
    .offset(offset)
    .limit(limit + 1)
    .execute()
}

/**
 * Takes a job in hand. Nothing comes back if it is finished, canceled or gone, or this delivery was
 * replaced by another, so that a job delivered twice does its work once. A job that was in hand
 * already was interrupted: it is counted.
 */
export function startJob(
  tx: Tx,
  { id, deliveryId, workerId }: { id: string; deliveryId: string; workerId: string },
): Promise<StartedJob | undefined> {
  return tx
    .updateTable('jobs')
    .set((row) => ({
      status: 'processing',
      worker_id: workerId,
      attempts: sql`attempts + 1`,
      interruptions: sql`interruptions + case when status = 'processing' then 1 else 0 end`,
      started_at: row.fn.coalesce('started_at', sql<Date>`now()`),
    }))
    .where('id', '=', id)
    .where('delivery_id', '=', deliveryId)
    .where('status', 'in', ['queued', 'processing'])
    .returningAll()
    .returning(sql<Date>`now()`.as('begun_at'))
    .executeTakeFirst()
}

/** With the time at which this attempt began, by the clock of the database. */
export type StartedJob = JobRow & { begun_at: Date }

/** One attempt at a job: only the latest one may write its outcome, and none after a re-drive. */
export type Attempt = Pick<JobRow, 'id' | 'attempts' | 'delivery_id'>

/** `result`: its JSON text. */
export function finishJob(tx: Tx, attempt: Attempt, result: string): Promise<JobRow | undefined> {
  return tx
    .updateTable('jobs')
    .set({
      status: 'done',
      progress_done: sql`progress_total`,
      result,
      error_code: null,
      error_message: null,
      trace: null,
      worker_id: null,
      finished_at: sql`now()`,
    })
    .where(isHeldBy(attempt))
    .returningAll()
    .executeTakeFirst()
}

type Requeue = {
  failure?: Failure & { trace?: Trace | undefined }
  /** Under a new delivery; without one, the queue delivers the old one again. */
  deliveryId?: string
  /** Not before then; it counts as put off. */
  runAfter?: Date | null
}

/** Back in the queue, with the reason of the attempt that failed, if it did. */
export function requeueJob(
  tx: Tx,
  attempt: Attempt,
  { failure, deliveryId, runAfter = null }: Requeue,
): Promise<JobRow | undefined> {
  return tx
    .updateTable('jobs')
    .set({ status: 'queued', worker_id: null, progress_done: 0, run_after: runAfter })
    .$if(runAfter !== null, (query) => query.set({ put_offs: sql`put_offs + 1` }))
    .$if(failure !== undefined, (query) => query.set(columns(failure)))
    .$if(deliveryId !== undefined, (query) => query.set({ delivery_id: deliveryId ?? '' }))
    .where(isHeldBy(attempt))
    .returningAll()
    .executeTakeFirst()
}

/** Back in the queue after its worker died. */
export function returnOrphanedJob(tx: Tx, attempt: Attempt): Promise<JobRow | undefined> {
  return tx
    .updateTable('jobs')
    .set({
      status: 'queued',
      worker_id: null,
      progress_done: 0,
      interruptions: sql`interruptions + 1`,
    })
    .where(isHeldBy(attempt))
    .returningAll()
    .executeTakeFirst()
}

export function reportProgress(
  tx: Tx,
  attempt: Attempt,
  done: number,
): Promise<JobRow | undefined> {
  return tx
    .updateTable('jobs')
    .set({ progress_done: done })
    .where(isHeldBy(attempt))
    .returningAll()
    .executeTakeFirst()
}

export function failJob(
  tx: Tx,
  { id, attempts, delivery_id }: Attempt,
  failure: Failure,
): Promise<JobRow | undefined> {
  return tx
    .updateTable('jobs')
    .set({ status: 'failed', worker_id: null, finished_at: sql`now()`, ...columns(failure) })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where('delivery_id', '=', delivery_id)
    .where('status', 'in', ['queued', 'processing'])
    .returningAll()
    .executeTakeFirst()
}

/** Nothing comes back if there was nothing left to cancel. */
export function cancelJob(tx: Tx, organizationId: string, id: string): Promise<JobRow | undefined> {
  return tx
    .updateTable('jobs')
    .set({ status: 'canceled', worker_id: null, finished_at: sql`now()` })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'processing'])
    .returningAll()
    .executeTakeFirst()
}

/** A failed or canceled job begins again, under a new delivery. */
export function redriveJob(
  tx: Tx,
  {
    organizationId,
    id,
    deliveryId,
    force,
  }: { organizationId: string; id: string; deliveryId: string } & JobRetry,
): Promise<JobRow | undefined> {
  return tx
    .updateTable('jobs')
    .set({
      status: 'queued',
      ...(force && { input: sql<string>`jsonb_set(input, '{options, force}', 'true')` }),
      trace: null,
      result: null,
      delivery_id: deliveryId,
      ...{ progress_done: 0, put_offs: 0, run_after: null, started_at: null, finished_at: null },
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('status', 'in', ['failed', 'canceled'])
    .returningAll()
    .executeTakeFirst()
}

/** Jobs in the hands of workers that are gone. */
export function listOrphanedJobs(db: Db): Promise<JobRow[]> {
  return db
    .selectFrom('jobs')
    .selectAll()
    .where('status', '=', 'processing')
    .where('worker_id', 'not in', (query) => query.selectFrom('workers').select('id'))
    .execute()
}

/** After a restore nobody has anything in hand: whatever is not finished waits in the queue. */
export function returnAllUnfinished(tx: Tx): Promise<JobRow[]> {
  return tx
    .updateTable('jobs')
    .set({ status: 'queued', worker_id: null, progress_done: 0 })
    .where('status', 'in', ['queued', 'processing'])
    .where('kind', '<>', BATCH)
    .returningAll()
    .execute()
}

/** Whether this delivery is still to be begun; the row is locked to the end of the transaction. */
export async function isWaiting(
  tx: Tx,
  { id, deliveryId }: { id: string; deliveryId: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom('jobs')
    .select('id')
    .where('id', '=', id)
    .where('delivery_id', '=', deliveryId)
    .where('status', '=', 'queued')
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** The oldest ones of an organization; returns how many. */
export async function deleteFinishedJobs(db: Db, { organizationId, before, limit }: Outdated) {
  const oldest = db
    .selectFrom('jobs')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('finished_at', '<', before)
    .orderBy('finished_at')
    .limit(limit)
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where('organization_id', '=', organizationId)
    .where('id', 'in', oldest)
    .where('finished_at', '<', before) // it may have been retried just now
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** The job is in the hands of this very attempt, still. */
const isHeldBy =
  ({ id, attempts, delivery_id }: Attempt) =>
  (jobs: ExpressionBuilder<Tables, 'jobs'>) =>
    jobs.and({ id, attempts, delivery_id, status: 'processing' })

const columns = (failure: (Failure & { trace?: Trace | undefined }) | undefined) => ({
  trace: failure?.trace ? JSON.stringify(failure.trace) : null,
  error_code: failure?.code ?? null,
  error_message: failure?.message ?? null,
})
