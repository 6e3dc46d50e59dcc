import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLiveEvents } from './live-events.ts'

class FakeEventSource {
  static readonly CLOSED = 2
  static all: FakeEventSource[] = []
  readyState = 0
  onopen: (() => void) | undefined
  onerror: (() => void) | undefined
  listeners = new Map<string, (message: { data: string }) => void>()
  constructor() {
    FakeEventSource.all.push(this)
  }
  addEventListener(name: string, listener: (message: { data: string }) => void) {
    this.listeners.set(name, listener)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeEventSource.all = []
})
afterEach(() => vi.useRealTimers())

function start() {
  const EventSource = FakeEventSource as unknown as typeof globalThis.EventSource
  const live = createLiveEvents({ url: '/api/events', EventSource })
  live.start()
  return { live, source: FakeEventSource.all[0]! }
}

test('a cut connection is shown as lost, and its return is told once', () => {
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

test('a stream the browser gave up is opened again', () => {
  const { source } = start()
  source.readyState = FakeEventSource.CLOSED
  source.onerror?.()
  vi.advanceTimersByTime(3000)
  expect(FakeEventSource.all).toHaveLength(2)
})

test('an event that is not in the contract reaches no listener', () => {
  const { live, source } = start()
  const listener = vi.fn()
  live.subscribe(listener)
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  source.listeners.get('job')?.({ data: '{"id":"1","type":"job"}' })
  expect(listener).not.toHaveBeenCalled()
  expect(warn).toHaveBeenCalled()
})
