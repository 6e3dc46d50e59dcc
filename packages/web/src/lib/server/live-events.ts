import { eventTypes, Event as ServerEvent } from '@descry/contract'
import { createStore, type Store } from '../store.ts'

type ConnectionState = 'connecting' | 'open' | 'lost'

export type LiveEvents = {
  state: Store<ConnectionState>
  subscribe: (listener: (event: ServerEvent) => void) => () => void
  /** Called when a lost connection is back: what is shown may be out of date. */
  onReconnect: (listener: () => void) => () => void
  /** Called every few seconds while the connection is lost: whoever needs news has to poll. */
  onPoll: (listener: () => void) => () => void
  start: () => void
}

type Page = {
  readonly visibilityState: DocumentVisibilityState
  addEventListener: (name: 'visibilitychange', listener: () => void) => void
}

type Options = {
  url: string
  EventSource?: typeof globalThis.EventSource
  page?: Page
}

// The browser reconnects by itself after an interruption, but gives up after a response that is not a
// stream (such as a proxy's 502). Then we open a new stream ourselves.
const REOPEN_AFTER_MS = 3000
const POLL_MS = 4000

/**
 * The page's only stream of server events. A hidden tab closes it, because over HTTP/1.1 a browser opens
 * at most six connections to a server for all its tabs; when the tab is shown again, the server replays
 * what came after the last event.
 */
export function createLiveEvents({
  url,
  EventSource = globalThis.EventSource,
  page = globalThis.document,
}: Options): LiveEvents {
  const state = createStore<ConnectionState>('connecting')
  const listeners = new Set<(event: ServerEvent) => void>()
  const reconnectListeners = new Set<() => void>()
  const pollListeners = new Set<() => void>()
  let source: EventSource | undefined
  let lastEventId = ''

  function open() {
    if (source || page.visibilityState === 'hidden') return
    const opened = new EventSource(lastEventId ? `${url}?lastEventId=${lastEventId}` : url)
    source = opened
    opened.onopen = () => {
      const wasLost = state.get() === 'lost'
      state.set('open')
      if (wasLost) for (const listener of reconnectListeners) listener()
    }
    opened.onerror = () => {
      state.set('lost')
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return
      source = undefined
      setTimeout(open, REOPEN_AFTER_MS)
    }
    for (const type of Object.keys(eventTypes)) opened.addEventListener(type, receive)
  }

  function receive(message: MessageEvent<string>) {
    lastEventId = message.lastEventId
    const event = ServerEvent.safeParse(JSON.parse(message.data))
    if (event.success) for (const listener of listeners) listener(event.data)
    else console.warn('An event of the server could not be read.', event.error)
  }

  function close() {
    source?.close()
    source = undefined
  }

  return {
    state,
    start: () => {
      setInterval(() => {
        if (state.get() !== 'lost' || page.visibilityState === 'hidden') return
        for (const listener of pollListeners) listener()
      }, POLL_MS)
      page.addEventListener('visibilitychange', () =>
        page.visibilityState === 'hidden' ? close() : open(),
      )
      open()
    },
    subscribe: (listener) => add(listeners, listener),
    onReconnect: (listener) => add(reconnectListeners, listener),
    onPoll: (listener) => add(pollListeners, listener),
  }
}

function add<Item>(set: Set<Item>, item: Item) {
  set.add(item)
  return () => {
    set.delete(item)
  }
}
