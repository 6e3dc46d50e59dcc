import { sql } from 'kysely'
import type { Db, Tx } from './client.ts'
import type { Outdated } from './delete-outdated.ts'
import type { EventRow } from './tables.ts'

export const EVENTS_CHANNEL = 'descry_events'

export type NewEvent = { organizationId: string; type: 'job' | 'caption'; data: unknown }

/** Records what happened and tells every process. The last statement of its transaction. */
export async function emitEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const calls = events.map(
    ({ organizationId, type, data }) =>
      sql`descry_emit(${organizationId}, ${type}, ${JSON.stringify(data)})`,
  )
  await sql`select ${sql.join(calls)}`.execute(tx)
}

/** In the order they were committed. */
export function listEvents(db: Db, after: string, limit: number): Promise<EventRow[]> {
  return db
    .selectFrom('events')
    .select(['organization_id', 'type', 'data', 'created_at'])
    .select(sql<string>`id::text`.as('id'))
    .where('id', '>', after)
    .orderBy('events.id')
    .limit(limit)
    .execute()
}

export async function findLastEventId(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(max(id), 0)::text as id from events`.execute(db)
  return rows[0]?.id ?? '0'
}

/** The oldest ones of an organization; returns how many. */
export async function deleteEvents(db: Db, { organizationId, before, limit }: Outdated) {
  const oldest = db
    .selectFrom('events')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(limit)
  const { numDeletedRows } = await db
    .deleteFrom('events')
    .where('id', 'in', oldest)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
