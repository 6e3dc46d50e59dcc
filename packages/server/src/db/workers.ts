import { sql } from 'kysely'
import type { Db } from './client.ts'
import type { WorkerRow } from './tables.ts'

/** A worker that has not been heard of for so long is gone; it reports every three seconds. */
export const SILENT_SECONDS = 15

type Worker = { id: string; host: string; pid: number; running: number }

/** Says that a worker is alive; the first time, that it is there. */
export async function reportWorker(db: Db, { id, host, pid, running }: Worker): Promise<void> {
  await db
    .insertInto('workers')
    .values({ id, host, pid, running })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ running, seen_at: sql<Date>`now()` }),
    )
    .execute()
}

export function listWorkers(db: Db): Promise<WorkerRow[]> {
  return db.selectFrom('workers').selectAll().orderBy('started_at').execute()
}

/** Those that were heard of lately, by the clock of the database, which also wrote when that was. */
export function listLiveWorkers(db: Db): Promise<WorkerRow[]> {
  return db
    .selectFrom('workers')
    .selectAll()
    .where(isSilent(SILENT_SECONDS), '=', false)
    .orderBy('started_at')
    .execute()
}

export async function deleteWorker(db: Db, id: string): Promise<void> {
  await db.deleteFrom('workers').where('id', '=', id).execute()
}

/** Workers that have been silent for longer are gone. */
export async function deleteSilentWorkers(db: Db, seconds: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('workers')
    .where(isSilent(seconds))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Those of this host whose process is gone need not be waited for. */
export async function deleteDeadWorkers(
  db: Db,
  { host, isAlive }: { host: string; isAlive: (pid: number) => boolean },
): Promise<void> {
  const here = await db
    .selectFrom('workers')
    .select(['id', 'pid'])
    .where('host', '=', host)
    .execute()
  const dead = here.filter(({ pid }) => !isAlive(pid)).map(({ id }) => id)
  if (dead.length > 0) await db.deleteFrom('workers').where('id', 'in', dead).execute()
}

/** One that was seen in the future was seen before the clock was set back. */
const isSilent = (seconds: number) =>
  sql<boolean>`(abs(extract(epoch from now() - seen_at)) > ${seconds})`
