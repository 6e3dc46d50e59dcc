import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test, vi } from 'vitest'
import { listenForStop, untilStopped } from './stop-signal.ts'

afterEach(() => void vi.useRealTimers())

const run = async (reason: unknown, work: () => Promise<number>) => {
  const stderr = new PassThrough()
  const stopped = { signal: AbortSignal.abort(reason), stderr, message: 'Stopped.' }
  const code = await untilStopped(stopped, work)
  stderr.end()
  return { code, said: await text(stderr) }
}

test('work that a signal ended says so, with the exit code of that signal', async () => {
  const work = () => Promise.reject('SIGINT')
  expect(await run('SIGINT', work)).toEqual({ code: 130, said: 'Stopped.\n' })
})

test('work that was done before the signal keeps its exit code', async () => {
  expect(await run('SIGTERM', async () => 1)).toEqual({ code: 1, said: '' })
})

test('other failures stay failures', async () => {
  const failure = new Error('broken')
  await expect(run('another reason', () => Promise.reject(failure))).rejects.toBe(failure)
})

test('the first signal asks to stop, a second one later ends the process by itself, once', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const signals = new EventEmitter()
  const kill = vi.fn()
  using stop = listenForStop({ signals, kill })
  signals.emit('SIGINT', 'SIGINT')
  expect(stop.signal.reason).toBe('SIGINT')
  vi.advanceTimersByTime(100)
  signals.emit('SIGINT', 'SIGINT') // npm and our own shim pass the same key press on
  expect(kill).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  signals.emit('SIGTERM', 'SIGTERM')
  expect(kill.mock.calls).toEqual([['SIGTERM']])
  expect(signals.eventNames()).toEqual([])
})

test('a command that ended listens no more', () => {
  const signals = new EventEmitter()
  listenForStop({ signals, kill: vi.fn() })[Symbol.dispose]()
  expect(signals.eventNames()).toEqual([])
})
