import { Event as ServerEvent } from '@descry/contract'
import { createStore, type Store } from './create-store.ts'

export type LiveState = 'connecting' | 'open' | 'lost'

export type LiveEvents = {
  state: Store<LiveState>
  subscribe: (listener: (event: ServerEvent) => void) => () => void
  /** Called when a lost connection is back: what was shown before may be old. */
  onReconnect: (listener: () => void) => () => void
  start: () => void
}

type Options = { url: string; EventSource?: typeof globalThis.EventSource }

// The browser retries by itself after a cut, but gives up after an answer that is not a stream
// (a proxy's 502, for one). Then we open a new stream ourselves.
const REOPEN_AFTER_MS = 3000

/** The one stream of server events of this page. */
export function createLiveEvents({
  url,
  EventSource = globalThis.EventSource,
}: Options): LiveEvents {
  const state = createStore<LiveState>('connecting')
  const listeners = new Set<(event: ServerEvent) => void>()
  const reconnectListeners = new Set<() => void>()

  function start() {
    const source = new EventSource(url)
    source.onopen = () => {
      const wasLost = state.get() === 'lost'
      state.set('open')
      if (wasLost) for (const listener of reconnectListeners) listener()
    }
    source.onerror = () => {
      state.set('lost')
      if (source.readyState === EventSource.CLOSED) setTimeout(start, REOPEN_AFTER_MS)
    }
    const receive = ({ data }: MessageEvent<string>) => {
      const event = ServerEvent.safeParse(JSON.parse(data))
      if (event.success) for (const listener of listeners) listener(event.data)
      else console.warn('An event of the server was not understood.', event.error)
    }
    source.addEventListener('job', receive)
    source.addEventListener('caption', receive)
  }

  return {
    state,
    start,
    subscribe: (listener) => add(listeners, listener),
    onReconnect: (listener) => add(reconnectListeners, listener),
  }
}

function add<Item>(set: Set<Item>, item: Item) {
  set.add(item)
  return () => {
    set.delete(item)
  }
}
