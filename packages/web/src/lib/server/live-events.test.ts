import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLiveEvents } from './live-events.ts'

type Message = { data: string; lastEventId: string }

class FakeEventSource {
  static readonly CLOSED = 2
  static all: FakeEventSource[] = []
  readonly url: string
  readyState = 0
  onopen: (() => void) | undefined
  onerror: (() => void) | undefined
  listeners = new Map<string, (message: Message) => void>()
  constructor(url: string) {
    this.url = url
    FakeEventSource.all.push(this)
  }
  addEventListener(name: string, listener: (message: Message) => void) {
    this.listeners.set(name, listener)
  }
  close() {
    this.readyState = FakeEventSource.CLOSED
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeEventSource.all = []
})
afterEach(() => vi.useRealTimers())

function start() {
  const EventSource = FakeEventSource as unknown as typeof globalThis.EventSource
  let changed = () => {}
  const page = {
    visibilityState: 'visible' as DocumentVisibilityState,
    addEventListener: (_name: string, listener: () => void) => {
      changed = listener
    },
  }
  const live = createLiveEvents({ url: '/api/events', EventSource, page })
  live.start()
  const show = (visibilityState: DocumentVisibilityState) => {
    page.visibilityState = visibilityState
    changed()
  }
  return { live, show, source: FakeEventSource.all[0]! }
}

test('an interrupted connection counts as lost, and its return is announced once', () => {
  const { live, source } = start()
  const returned = vi.fn()
  live.onReconnect(returned)

  source.onopen?.()
  expect(live.state.get()).toBe('open')
  source.onerror?.()
  expect(live.state.get()).toBe('lost')
  source.onopen?.()
  expect(returned).toHaveBeenCalledTimes(1)
})

test('a stream that the browser gave up is opened again', () => {
  const { source } = start()
  source.readyState = FakeEventSource.CLOSED
  source.onerror?.()
  vi.advanceTimersByTime(3000)
  expect(FakeEventSource.all).toHaveLength(2)
})

test('a hidden tab closes its connection and later asks for what it missed', () => {
  const { source, show } = start()
  vi.spyOn(console, 'warn').mockReturnValue()
  source.listeners.get('job')?.({ data: '{}', lastEventId: '41' })

  show('hidden')
  expect(source.readyState).toBe(FakeEventSource.CLOSED)
  show('visible')
  expect(FakeEventSource.all[1]?.url).toBe('/api/events?lastEventId=41')
})

test('an event that is not in the contract reaches no listener', () => {
  const { live, source } = start()
  const listener = vi.fn()
  live.subscribe(listener)
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  source.listeners.get('job')?.({ data: '{"id":"1","type":"job"}', lastEventId: '1' })
  expect(listener).not.toHaveBeenCalled()
  expect(warn).toHaveBeenCalled()
})

test('listeners are told to poll only while the connection is lost', () => {
  const { live, source } = start()
  const ask = vi.fn()
  live.onPoll(ask)
  source.onopen?.()
  vi.advanceTimersByTime(10_000)
  expect(ask).not.toHaveBeenCalled()
  source.onerror?.()
  vi.advanceTimersByTime(4000)
  expect(ask).toHaveBeenCalledTimes(1)
})
