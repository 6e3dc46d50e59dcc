import type { EventData, EventType } from '@descry/contract'
import { sql } from 'kysely'
import type { Db, Tx } from './client.ts'
import type { Outdated } from './delete-outdated.ts'
import type { EventRow } from './tables.ts'

export const EVENTS_CHANNEL = 'descry_events'

export type NewEvent = { [Type in EventType]: { type: Type; data: EventData<Type> } }[EventType]

/** Records what happened, with who did it, and tells every process once that is committed. */
export async function publish(
  tx: Tx,
  { organizationId, actor }: { organizationId: string; actor: string },
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ type, data }) => ({
    organization_id: organizationId,
    ...{ actor, type },
    data: JSON.stringify(data),
  }))
  await tx
    .with('added', (query) => query.insertInto('event_outbox').values(rows))
    .selectNoFrom(sql`pg_notify(${EVENTS_CHANNEL}, '')`.as('told'))
    .execute()
}

/** Gives what was committed its place among the events. */
export async function sequenceEvents(db: Db): Promise<void> {
  await sql`select descry_sequence_events()`.execute(db)
}

/** In the order they were committed. */
export function listEvents(db: Db, after: string, limit: number): Promise<EventRow[]> {
  return db
    .selectFrom('events')
    .select(['organization_id', 'actor', 'type', 'data', 'created_at'])
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
