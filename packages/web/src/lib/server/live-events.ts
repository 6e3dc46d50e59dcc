import { Event as ServerEvent } from '@descry/contract'
import { createStore, type Store } from '../store.ts'

type LiveState = 'connecting' | 'open' | 'lost'

export type LiveEvents = {
  state: Store<LiveState>
  subscribe: (listener: (event: ServerEvent) => void) => () => void
  /** Called when a lost connection is back: what was shown before may be old. */
  onReconnect: (listener: () => void) => () => void
  /** Called now and then while there is no connection: whoever must know has to ask. */
  onTick: (listener: () => void) => () => void
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

// The browser retries by itself after a cut, but gives up after an answer that is not a stream
// (a proxy's 502, for one). Then we open a new stream ourselves.
const REOPEN_AFTER_MS = 3000
const TICK_MS = 4000

/**
 * The one stream of server events of this page. A hidden tab lets go of it, because over HTTP/1.1 a
 * browser opens six connections to a server for all of its tabs; when it is seen again, the server
 * replays what came after the last event.
 */
export function createLiveEvents({
  url,
  EventSource = globalThis.EventSource,
  page = globalThis.document,
}: Options): LiveEvents {
  const state = createStore<LiveState>('connecting')
  const listeners = new Set<(event: ServerEvent) => void>()
  const reconnectListeners = new Set<() => void>()
  const tickListeners = new Set<() => void>()
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
    opened.addEventListener('job', receive)
    opened.addEventListener('caption', receive)
  }

  function receive(message: MessageEvent<string>) {
    lastEventId = message.lastEventId
    const event = ServerEvent.safeParse(JSON.parse(message.data))
    if (event.success) for (const listener of listeners) listener(event.data)
    else console.warn('An event of the server was not understood.', event.error)
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
        for (const listener of tickListeners) listener()
      }, TICK_MS)
      page.addEventListener('visibilitychange', () =>
        page.visibilityState === 'hidden' ? close() : open(),
      )
      open()
    },
    subscribe: (listener) => add(listeners, listener),
    onReconnect: (listener) => add(reconnectListeners, listener),
    onTick: (listener) => add(tickListeners, listener),
  }
}

function add<Item>(set: Set<Item>, item: Item) {
  set.add(item)
  return () => {
    set.delete(item)
  }
}
