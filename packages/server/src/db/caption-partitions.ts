import { sql } from 'kysely'
import type { Db } from './client.ts'

type Options = {
  now?: Date
  /** Told of each month whose partition could not be made. */
  onError: (error: Error) => void
}

/**
 * Partitions for this month, the two after it, and every month of which there are rows in the default
 * partition. Called at start and daily. Nothing depends on it: a month without a partition has its
 * rows in the default one until the next call moves them.
 */
export async function makeCaptionPartitions(
  db: Db,
  { now = new Date(), onError }: Options,
): Promise<void> {
  const misplaced = await listMisplacedMonths(db).catch(toldTo(onError, []))
  const months = new Set([...monthsFrom(now), ...misplaced].map((month) => month.toISOString()))
  for (const month of months) {
    await makeCaptionPartition(db, month).catch(toldTo(onError, undefined))
  }
}

async function makeCaptionPartition(db: Db, month: string): Promise<void> {
  try {
    await sql`select descry_make_captions_partition(${month}::timestamptz)`.execute(db)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `The partition for captions of ${month.slice(0, 7)} could not be made (${reason}). They are kept in the default partition; it is tried again at the next start and daily.`
    throw new Error(message, { cause })
  }
}

/** Months that are over, or that a wrong clock made, and of which no captions are left. */
export async function dropEmptyCaptionPartitions(db: Db, now: Date): Promise<void> {
  const needed = monthsFrom(now).map((month) => partitionOf(month.toISOString()))
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'captions'::regclass and inhrelid <> 'captions_other'::regclass
    order by 1`.execute(db)
  for (const { name } of rows.filter((row) => !needed.includes(row.name))) {
    await sql`select descry_drop_captions_partition(${name})`.execute(db)
  }
}

const partitionOf = (month: string) => `captions_${month.slice(0, 7).replace('-', '_')}`

export type PartitionState = {
  /** Months from this one on that have no partition, such as `2026-11`. */
  missing: string[]
  /** Captions in the default partition. */
  misplaced: number
}

/** Reads only. */
export async function inspectCaptionPartitions(db: Db, now = new Date()): Promise<PartitionState> {
  const months = monthsFrom(now).map((month) => month.toISOString().slice(0, 7))
  const { rows: missing } = await sql<{ month: string }>`
    select month from unnest(${months}::text[]) as month
    where to_regclass('captions_' || replace(month, '-', '_')) is null`.execute(db)
  const { rows } = await sql<{ count: string }>`
    select count(*) from captions_other`.execute(db)
  return { missing: missing.map(({ month }) => month), misplaced: Number(rows[0]?.count) }
}

/** Ids of years after 9999 come from no clock; their rows stay where they are. */
async function listMisplacedMonths(db: Db): Promise<Date[]> {
  const { rows } = await sql<{ month: Date }>`
    select distinct date_trunc('month', descry_time_of(id), 'UTC') as month from captions_other
    where id < descry_first_id('9999-12-01Z') order by 1 limit 100`.execute(db)
  return rows.map(({ month }) => month)
}

const monthsFrom = (now: Date): Date[] =>
  [0, 1, 2].map((months) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months)))

const toldTo =
  <Value>(onError: (error: Error) => void, fallback: Value) =>
  (error: Error): Value => {
    onError(error)
    return fallback
  }
