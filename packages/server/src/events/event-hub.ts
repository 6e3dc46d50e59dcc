import type { Event } from '@descry/contract'
import type { Db } from '../db/client.ts'
import { EVENTS_CHANNEL, findLastEventId, listEvents, sequenceEvents } from '../db/events.ts'
import type { EventRow } from '../db/tables.ts'
import type { Queue } from '../queue/queue.ts'

export type EventListener = (event: Event) => void

export type EventHub = Awaited<ReturnType<typeof startEventHub>>

type HubOptions = { db: Db; queue: Queue; onError: (error: unknown) => void }

/**
 * Hands what happened, in any process, to the listeners in this one, in the order it was committed.
 * The notification only says "look": rows are read from the table, so none is missed when
 * notifications are.
 */
export async function startEventHub({ db, queue, onError }: HubOptions) {
  const listeners = new Set<{ organizationId: string | 'all'; listener: EventListener }>()
  await sequenceEvents(db)
  let last = await findLastEventId(db)
  let reading: Promise<void> | undefined
  let again = false
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function readOn(): Promise<void> {
    do {
      again = false
      await sequenceEvents(db)
      const rows = await listEvents(db, last, PAGE)
      for (const row of rows) deliver(row)
      if (rows.length === PAGE) again = true
    } while (again)
  }

  function deliver(row: EventRow): void {
    last = row.id
    const event = toEvent(row)
    for (const { organizationId, listener } of listeners) {
      if (organizationId === 'all' || organizationId === row.organization_id) listener(event)
    }
  }

  function wake(): void {
    if (reading) again = true
    else timer ??= setTimeout(read, GATHER_MS)
  }

  function read(): void {
    timer = undefined
    reading = readOn().then(
      () => {
        reading = undefined
        if (again) wake() // notified between the last look and now
      },
      (error) => {
        reading = undefined
        onError(error)
        if (!stopped) timer ??= setTimeout(read, RETRY_MS)
      },
    )
  }

  const subscription = await queue.listen(EVENTS_CHANNEL, wake, wake)

  return {
    /** Returns the function that ends it. */
    subscribe(organizationId: string | 'all', listener: EventListener): () => void {
      const entry = { organizationId, listener }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },

    async stop(): Promise<void> {
      stopped = true
      await subscription.close()
      clearTimeout(timer)
      await reading
    },
  }
}

/** What was missed since `after`, oldest first. */
export async function* replayEvents(
  db: Db,
  organizationId: string,
  after: string,
): AsyncGenerator<Event> {
  for (let last = after; ; ) {
    const rows = await listEvents(db, last, PAGE)
    for (const row of rows) if (row.organization_id === organizationId) yield toEvent(row)
    last = rows.at(-1)?.id ?? last
    if (rows.length < PAGE) return
  }
}

/** We wrote the row ourselves, from these very types. */
const toEvent = ({ id, actor, type, data, created_at }: EventRow) =>
  ({ id, actor, at: created_at.toISOString(), type, data }) as Event

const PAGE = 500
/** Notifications that come together are answered by one look. */
const GATHER_MS = 4
const RETRY_MS = 1000
