import type { Event as ServerEvent } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import { createThrottle } from './create-throttle.ts'
import type { LiveEvents } from './live-events.ts'

// Fast enough to feel live, slow enough that 10,000 jobs do not redraw the page 10,000 times.
const APPLY_EVERY_MS = 200

/** Brings what is cached up to date with some events, given in the order in which they happened. */
export type EventHandler = (events: readonly ServerEvent[]) => void

/** Keeps what is shown in step with what the server says happened. */
export function applyEvents(
  live: LiveEvents,
  queryClient: QueryClient,
  handlers: readonly EventHandler[],
): void {
  let pending: ServerEvent[] = []
  const applyPending = createThrottle(() => {
    const events = pending
    pending = []
    for (const handle of handlers) handle(events)
  }, APPLY_EVERY_MS)

  live.subscribe((event) => {
    pending.push(event)
    applyPending()
  })
  live.onReconnect(() => queryClient.invalidateQueries())
  live.onPoll(() => queryClient.invalidateQueries())
}
