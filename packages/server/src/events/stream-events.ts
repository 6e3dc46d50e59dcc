import type { Event } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import { findLastEventId } from '../db/events.ts'
import type { Deps } from '../deps.ts'
import { replayEvents } from './event-hub.ts'

type Reader = { send(event: Event): void; fail(error: unknown): void }

/**
 * Sends what came after `after`, then what comes, without gap or repetition. Returns the function
 * that ends it.
 */
export function streamEvents(
  { organizationId }: Caller,
  { db, events }: Pick<Deps, 'db' | 'events'>,
  { after }: { after: string | undefined },
  { send, fail }: Reader,
): () => void {
  if (after === undefined) return events.subscribe(organizationId, send)

  let waiting: Event[] | undefined = []
  let last = BigInt(after)
  const sendOnce = (event: Event) => {
    if (BigInt(event.id) <= last) return
    last = BigInt(event.id)
    send(event)
  }
  const stop = events.subscribe(organizationId, (event) => {
    if (waiting) waiting.push(event)
    else sendOnce(event)
  })
  const replay = async () => {
    // An id from the future is from another database, say one that was replaced: begin with now.
    if (last > BigInt(await findLastEventId(db))) last = 0n
    for await (const event of replayEvents(db, organizationId, after)) sendOnce(event)
    for (const event of waiting ?? []) sendOnce(event)
    waiting = undefined
  }
  replay().catch((error) => {
    stop()
    fail(error)
  })
  return stop
}
