import { expect, test, vi } from 'vitest'
import { singleFlight } from './single-flight.ts'

const { signal } = new AbortController()

test('what is asked at once is done once, and again when it is no longer kept', async () => {
  vi.useFakeTimers()
  const flights = singleFlight<number>({ keepMs: 1000 })
  let calls = 0
  const work = async () => ++calls
  const ask = async (key: string) => (await flights.run(key, work, signal)).result
  expect(await Promise.all([ask('a'), ask('a'), ask('b'), ask('a')])).toEqual([1, 1, 2, 1])
  vi.advanceTimersByTime(999)
  expect(await ask('a')).toBe(1)
  vi.advanceTimersByTime(1)
  expect(await ask('a')).toBe(3)
  vi.useRealTimers()
})

test('only who began the work did it', async () => {
  const flights = singleFlight<number>({ keepMs: 1000 })
  const run = () => flights.run('a', async () => 1, signal)
  const runs = await Promise.all([run(), run(), run()])
  expect(runs.map(({ joined }) => joined)).toEqual([false, true, true])
})

test('all who wait learn of a failure, and the next one tries', async () => {
  const flights = singleFlight<string>({ keepMs: 1000 })
  const fail = () => Promise.reject(new Error('no'))
  const both = [flights.run('a', fail, signal), flights.run('a', fail, signal)]
  for (const one of await Promise.allSettled(both)) expect(one.status).toBe('rejected')
  const next = await flights.run('a', async () => 'yes', signal)
  expect(next).toEqual({ result: 'yes', joined: false })
})

test('who gives up does not end it for the others; with the last one it ends', async () => {
  const flights = singleFlight<string>({ keepMs: 1000 })
  const ends: unknown[] = []
  const work = (signal: AbortSignal) =>
    new Promise<string>((_resolve, reject) =>
      signal.addEventListener('abort', () => {
        ends.push(signal.reason)
        reject(signal.reason)
      }),
    )
  const [first, second] = [new AbortController(), new AbortController()]
  const runs = [first, second].map((one) => flights.run('a', work, one.signal))
  first.abort(new Error('the first'))
  await expect(runs[0]).rejects.toThrow('the first')
  expect(ends).toEqual([])
  second.abort(new Error('the second'))
  await expect(runs[1]).rejects.toThrow('the second')
  expect(ends).toEqual([new Error('the second')])
  const anew = await flights.run('a', async () => 'anew', signal)
  expect(anew.result).toBe('anew')
})
