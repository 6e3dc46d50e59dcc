import { type ExpressionBuilder, sql } from 'kysely'
import type { Db, Tx } from './client.ts'
import type { JobRow, Tables } from './tables.ts'

/** The kind of a job that is made of jobs. It is `processing` from its beginning to the end of the last. */
export const BATCH = 'batch'

/** The batch with one more item, unless it has ended. It may get more items than were announced. */
export function addItem(tx: Tx, organizationId: string, id: string): Promise<JobRow | undefined> {
  return tx
    .updateTable('jobs')
    .set({
      items: sql`items + 1`,
      progress_total: sql`greatest(progress_total, items + 1)`,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('kind', '=', BATCH)
    .where('status', '=', 'processing')
    .returningAll()
    .executeTakeFirst()
}

/** One of its jobs has ended, and perhaps all have. */
export function countEndedItem(
  tx: Tx,
  id: string,
  { failed }: { failed: boolean },
): Promise<JobRow | undefined> {
  const failures = failed ? 1 : 0
  return tx
    .updateTable('jobs')
    .set({
      progress_done: sql`progress_done + 1`,
      progress_failed: sql`progress_failed + ${failures}`,
      ...ending({
        done: sql<number>`progress_done + 1`,
        failures: sql<number>`progress_failed + ${failures}`,
        total: sql<number>`progress_total`,
      }),
    })
    .where('id', '=', id)
    .where('kind', '=', BATCH)
    .returningAll()
    .executeTakeFirst()
}

/**
 * Counts its jobs anew, after many of them changed at once. With `close`, it ends with the jobs that it
 * has: no more are waited for.
 */
export async function recountBatch(
  tx: Tx,
  id: string,
  { close = false }: { close?: boolean } = {},
): Promise<JobRow | undefined> {
  // A statement counts what was committed when it began. It must not begin, and then wait, while a job
  // that has ended is being counted in the same row: that job would be forgotten.
  await tx.selectFrom('jobs').select('id').where('id', '=', id).forUpdate().execute()
  const count = (condition: ReturnType<typeof sql<boolean>>) =>
    sql<number>`(select count(*)::int from jobs item where item.parent_id = jobs.id and ${condition})`
  const done = count(sql<boolean>`item.status in ('done', 'failed', 'canceled')`)
  const failures = count(sql<boolean>`item.status = 'failed'`)
  const total = close ? sql<number>`items` : sql<number>`progress_total`
  return tx
    .updateTable('jobs')
    .set({
      progress_done: done,
      progress_failed: failures,
      progress_total: total,
      ...ending({ done, failures, total }),
    })
    .where('id', '=', id)
    .where('kind', '=', BATCH)
    .returningAll()
    .executeTakeFirst()
}

type Counts = Record<'done' | 'failures' | 'total', ReturnType<typeof sql<number>>>

/** A batch ends with its last job: failed if all of them did. What was canceled stays so. */
const ending = ({ done, failures, total }: Counts) => ({
  status: sql<JobRow['status']>`case
    when status = 'canceled' then status
    when ${done} < ${total} then 'processing'
    when ${failures} >= ${total} then 'failed'
    else 'done' end`,
  finished_at: sql<Date | null>`case
    when status = 'canceled' then finished_at
    when ${done} < ${total} then null
    else now() end`,
})

/**
 * Cancels the jobs of a batch that are not finished; returns their kinds and deliveries. With
 * `skipLocked`, jobs that another transaction is changing stay as they are.
 */
export function cancelItems(
  tx: Tx,
  id: string,
  { skipLocked = false }: { skipLocked?: boolean } = {},
): Promise<Pick<JobRow, 'kind' | 'delivery_id'>[]> {
  return tx
    .updateTable('jobs')
    .set({ status: 'canceled', worker_id: null, finished_at: sql`now()` })
    .where('id', 'in', (jobs) =>
      jobs
        .selectFrom('jobs')
        .select('id')
        .where('parent_id', '=', id)
        .where('status', 'in', ['queued', 'processing'])
        .forUpdate()
        .$if(skipLocked, (query) => query.skipLocked()),
    )
    .returning(['kind', 'delivery_id'])
    .execute()
}

/** Its jobs that failed or were canceled begin again, each under a new delivery. */
export function redriveItems(tx: Tx, id: string): Promise<JobRow[]> {
  return tx
    .updateTable('jobs')
    .set({
      status: 'queued',
      trace: null,
      result: null,
      delivery_id: sql<string>`gen_random_uuid()`,
      ...{ progress_done: 0, put_offs: 0, run_after: null, started_at: null, finished_at: null },
    })
    .where('parent_id', '=', id)
    .where('status', 'in', ['failed', 'canceled'])
    .returningAll()
    .execute()
}

/** A batch that ended goes on. */
export async function reopenBatch(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('jobs')
    .set({ status: 'processing', finished_at: null })
    .where('id', '=', id)
    .where('kind', '=', BATCH)
    .execute()
}

/** Batches that were promised more jobs than came, none of them since `before`. */
export function listAbandonedBatches(db: Db, before: Date): Promise<JobRow[]> {
  const recent = (jobs: ExpressionBuilder<Tables, 'jobs'>) =>
    jobs.exists(
      jobs
        .selectFrom('jobs as item')
        .select('item.id')
        .whereRef('item.parent_id', '=', 'jobs.id')
        .where('item.created_at', '>=', before),
    )
  return db
    .selectFrom('jobs')
    .selectAll()
    .where('kind', '=', BATCH)
    .where('status', '=', 'processing')
    .where('created_at', '<', before)
    .whereRef('items', '<', 'progress_total')
    .where((jobs) => jobs.not(recent(jobs)))
    .execute()
}
