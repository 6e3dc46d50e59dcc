import { type RawBuilder, sql } from 'kysely'
import type { Db } from './client.ts'

/** A request that wants to be let through. What is absent is not limited. */
export type AdmissionRequest = {
  organizationId: string
  captioner: string
  /** Names the place it takes; absent: it takes none. */
  leaseId?: string | undefined
  leaseSeconds: number
  jobId?: string | undefined
  perMinute?: number | undefined
  perDay?: number | undefined
  parallel?: number | undefined
  /** US dollars: the most it can cost, and what may be spent. */
  worst: number
  jobBudget?: number | undefined
  monthBudget?: number | undefined
}

export type Admission =
  | { verdict: 'admitted' }
  | { verdict: 'busy'; ahead: number }
  | { verdict: 'minute' | 'day'; wait_ms: number }
  | { verdict: 'month' | 'job'; left_over: number }

/** Checks all limits and counts the request, in one step for all processes. */
export async function admitRequest(
  db: Db,
  request: AdmissionRequest,
  now?: Date,
): Promise<Admission> {
  const { rows } = await sql<Admission>`
    select verdict, wait_ms, ahead, left_over from descry_admit(
      ${request.organizationId}, ${request.captioner}, ${request.leaseId ?? null}, ${request.jobId ?? null},
      ${request.perMinute ?? null}, ${request.perDay ?? null}, ${request.parallel ?? null},
      ${request.worst}, ${request.jobBudget ?? null}, ${request.monthBudget ?? null},
      ${request.leaseSeconds}, ${now ?? null})`.execute(db)
  const [admission] = rows
  if (!admission) throw new Error('descry_admit answered nothing.')
  return admission
}

/** Gives a request's place back, in hand or in line. */
export async function deleteLease(db: Db, leaseId: string): Promise<void> {
  await db.deleteFrom('captioner_leases').where('id', '=', leaseId).execute()
}

/**
 * Places that were taken before the clock was set back would be held until it is there again. Whoever
 * still works renews its place every few seconds, by the clock as it is now.
 */
export async function deleteFutureLeases(db: Db): Promise<void> {
  await db
    .deleteFrom('captioner_leases')
    .where('expires_at', '>', sql<Date>`clock_timestamp() + interval '1 day'`)
    .execute()
}

export type PaidRequest = {
  organizationId: string
  captioner: string
  jobId?: string | undefined
  leaseId?: string | undefined
  /** US dollars. */
  cost: number
}

/** Books what a request cost, and gives its place back. */
export async function bookRequest(
  db: Db,
  { organizationId, captioner, jobId, leaseId, cost }: PaidRequest,
  now?: Date,
): Promise<void> {
  const job = sql`, job as (
    insert into job_costs as j (organization_id, job_id, cost)
    values (${organizationId}, ${jobId}, ${cost})
    on conflict (organization_id, job_id)
      do update set cost = j.cost + excluded.cost, updated_at = now())`
  await sql`
    with gone as (delete from captioner_leases where id = ${leaseId ?? null})
    ${jobId === undefined ? sql`` : job}
    insert into captioner_windows as w
      (organization_id, window_kind, window_start, captioner, requests, cost)
    values (${organizationId}, 'month', date_trunc('month', ${at(now)}, 'UTC'), ${captioner}, 1, ${cost})
    on conflict (organization_id, window_kind, window_start, captioner)
      do update set requests = w.requests + 1, cost = w.cost + excluded.cost`.execute(db)
}

/** The requests behind these leases are still in hand. */
export async function prolongLeases(
  db: Db,
  { leaseIds, leaseSeconds }: { leaseIds: readonly string[]; leaseSeconds: number },
  now?: Date,
): Promise<void> {
  await db
    .updateTable('captioner_leases')
    .set({ expires_at: sql<Date>`${at(now)} + make_interval(secs => ${leaseSeconds})` })
    .where('id', 'in', leaseIds)
    .execute()
}

/** US dollars that an organization's captioners cost in the month (UTC) that a moment lies in. */
export async function sumMonthCosts(
  db: Db,
  organizationId: string,
  moment = new Date(),
): Promise<number> {
  const { cost } = await db
    .selectFrom('captioner_windows')
    .select(sql<number>`coalesce(sum(cost), 0)::float8`.as('cost'))
    .where('organization_id', '=', organizationId)
    .where('window_kind', '=', 'month')
    .where('window_start', '=', sql<Date>`date_trunc('month', ${moment}::timestamptz, 'UTC')`)
    .executeTakeFirstOrThrow()
  return cost
}

/** US dollars that the captions of a job cost so far. */
export async function getJobCost(db: Db, organizationId: string, jobId: string): Promise<number> {
  const row = await db
    .selectFrom('job_costs')
    .select(sql<number>`cost::float8`.as('cost'))
    .where('organization_id', '=', organizationId)
    .where('job_id', '=', jobId)
    .executeTakeFirst()
  return row?.cost ?? 0
}

/** Milliseconds of a captioner's newest captions, among the newest thousand of the organization. */
export async function listRecentMs(
  db: Db,
  { organizationId, captioner }: { organizationId: string; captioner: string },
): Promise<number[]> {
  const newest = db
    .selectFrom('captions')
    .select(['captioner', 'ms'])
    .where('organization_id', '=', organizationId)
    .orderBy('id', 'desc')
    .limit(1000)
  const rows = await db
    .selectFrom(newest.as('newest'))
    .select('ms')
    .where('captioner', '=', captioner)
    .limit(100)
    .execute()
  return rows.flatMap(({ ms }) => ms ?? [])
}

/**
 * Books requests whose process was killed with the most they could have cost, and forgets their
 * leases. Returns how many there were.
 */
export async function bookLostLeases(db: Db, before: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with lost as (delete from captioner_leases where expires_at < ${before} returning *),
    months as (
      insert into captioner_windows as w
        (organization_id, window_kind, window_start, captioner, requests, cost)
      select organization_id, 'month', date_trunc('month', created_at, 'UTC'), captioner,
        count(*), sum(reserved)
      from lost where reserved > 0 group by 1, 3, 4
      on conflict (organization_id, window_kind, window_start, captioner)
        do update set requests = w.requests + excluded.requests, cost = w.cost + excluded.cost),
    jobs as (
      insert into job_costs as j (organization_id, job_id, cost)
      select organization_id, job_id, sum(reserved)
      from lost where reserved > 0 and job_id is not null group by 1, 2
      on conflict (organization_id, job_id)
        do update set cost = j.cost + excluded.cost, updated_at = now())
    select count(*)::int as count from lost`.execute(db)
  return rows[0]?.count ?? 0
}

/** Months stay: they are what people are billed for. */
export async function deleteOldWindows(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('captioner_windows')
    .where('window_kind', 'in', ['minute', 'day'])
    .where('window_start', '<', before)
    .execute()
}

export async function deleteOldJobCosts(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('job_costs').where('updated_at', '<', before).execute()
}

/** The database's clock, which all processes share, unless another is brought. */
const at = (now: Date | undefined): RawBuilder<Date> =>
  sql`coalesce(${now ?? null}::timestamptz, clock_timestamp())`
