import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { CaptionerFailure } from '../../src/captioner/captioner-failure.ts'
import { hang, scripted } from './scripted-captioner.ts'
import { useVirtualTime } from './virtual-time.ts'
import { chainInMemory, failureOf } from './wish.ts'

useVirtualTime()

const dog = 'a dog on a beach'

test.each([1, 20])(
  'a dead first captioner costs 300 images, %i at a time, one deadline',
  async (atATime) => {
    const dead = scripted('dead', hang, { timeoutMs: 200 })
    const next = scripted('next', dog)
    const chain = chainInMemory()
    const started = performance.now()
    const pool = pLimit(atATime)
    const results = await Promise.all(
      Array.from({ length: 300 }, () => pool(() => chain.ask([dead, next]))),
    )
    expect(results.every(({ captioner }) => captioner === next)).toBe(true)
    expect(dead.calls.length).toBe(atATime) // those that were on their way when it died
    expect(performance.now() - started).toBe(200)
    expect(results.at(-1)?.trace.steps[0]?.reason).toContain(
      'dead is not asked for 30 seconds more, because it failed: dead did not answer within 0.2 seconds.',
    )
  },
)

test('after the interval one request tries it, and the others go straight on', async () => {
  const dead = scripted('dead', hang, { timeoutMs: 100 })
  const next = scripted('next', dog)
  const chain = chainInMemory({ coolMs: 150 })
  await chain.ask([dead, next])
  expect(dead.calls.length).toBe(1)

  for (let interval = 2; interval <= 4; interval++) {
    await sleep(160)
    const results = await Promise.all(Array.from({ length: 20 }, () => chain.ask([dead, next])))
    expect(dead.calls.length).toBe(interval)
    const late = results.filter(({ trace }) => trace.ms > 0)
    expect(late.map(({ trace }) => trace.ms)).toEqual([100]) // the one that tried
  }
})

test('one that works again is asked again', async () => {
  const first = scripted('first', [hang, dog], { timeoutMs: 50 })
  const next = scripted('next', 'a cat')
  const chain = chainInMemory({ coolMs: 100 })
  await chain.ask([first, next])
  expect((await chain.ask([first, next])).captioner).toBe(next)
  await sleep(110)
  const results = [await chain.ask([first, next]), await chain.ask([first, next])]
  expect(results.map(({ captioner }) => captioner)).toEqual([first, first])
})

test('three failures in a row are needed where no deadline was lost', async () => {
  const first = scripted('first', ['bad-key', 'bad-key', dog, 'bad-key'])
  const next = scripted('next', 'a cat')
  const chain = chainInMemory()
  for (let image = 0; image < 12; image++) await chain.ask([first, next])
  expect(first.calls.length).toBe(6)
})

test.each(['refused', 'unsupported-image', 'too-large', ''])(
  'a captioner is not left alone for what is no fault of its own: "%s"',
  async (outcome) => {
    const first = scripted('first', outcome)
    const chain = chainInMemory()
    const steps = [first, scripted('next', dog)]
    for (let image = 0; image < 8; image++) await chain.ask(steps, { fallThroughRefusals: true })
    expect(first.calls.length).toBe(8)
  },
)

test('a storm of "too many requests" makes everybody wait for as long as the server asked', async () => {
  const opens = performance.now() + 300
  let early = 0
  const strict = scripted('strict', async () => {
    const waitMs = opens - performance.now()
    if (waitMs <= 0) return dog
    early += 1
    throw new CaptionerFailure('rate-limited', 'Slow down.', { retryAfterMs: waitMs })
  })
  const chain = chainInMemory({ coolMs: 20 })
  const pool = pLimit(20)
  const results = await Promise.all(
    Array.from({ length: 60 }, () => pool(() => chain.ask([strict]))),
  )
  expect(results.length).toBe(60)
  expect(early).toBeLessThanOrEqual(20)
})

test('a storm without a word on how long is met with growing pauses, and then the next one', async () => {
  const strict = scripted('strict', 'rate-limited')
  const next = scripted('next', dog)
  const chain = chainInMemory()
  const results = await Promise.all(Array.from({ length: 100 }, () => chain.ask([strict, next])))
  expect(results.every(({ captioner }) => captioner === next)).toBe(true)
  expect(strict.calls.length).toBe(100) // all were on their way; nobody asks a second time
  await chain.ask([strict, next])
  expect(strict.calls.length).toBe(100)
})

test('the only captioner is waited for when it fails for a moment: no image is lost', async () => {
  const back = performance.now() + 100
  const first = scripted('first', async () => {
    if (performance.now() < back) throw new CaptionerFailure('unreachable', 'No connection.')
    return dog
  })
  const chain = chainInMemory({ coolMs: 150 })
  const results = await Promise.all(Array.from({ length: 20 }, () => chain.ask([first])))
  expect(results.length).toBe(20)
})

test('where a person waits, the only captioner fails at once while it is left alone', async () => {
  const first = scripted('first', 'unreachable')
  const chain = chainInMemory()
  await failureOf(chain.ask([first], { longestWaitMs: 1000 }))
  const started = performance.now()
  const failure = await failureOf(chain.ask([first], { longestWaitMs: 1000 }))
  expect(performance.now() - started).toBe(0)
  expect(failure).toMatchObject({ outcome: 'unreachable', chain: { retry: true } })
  expect(failure.retryAfterMs).toBeGreaterThan(29_900)
  expect(first.calls.length).toBe(3)
})

test('one lost deadline is no reason to leave the only captioner alone', async () => {
  const slow = scripted('slow', [hang, dog], { timeoutMs: 50 })
  const chain = chainInMemory()
  await failureOf(chain.ask([slow]))
  expect((await chain.ask([slow])).output.text).toBe(dog)
})

test('a trial that its caller ended tells nothing: the next request tries', async () => {
  const caller = new AbortController()
  const dead = scripted('dead', hang, { timeoutMs: 60 })
  const next = scripted('next', dog)
  const chain = chainInMemory({ coolMs: 80 })
  await chain.ask([dead, next])
  await sleep(90)
  const trial = failureOf(chain.ask([dead, next], { signal: caller.signal }))
  await sleep(10)
  expect(dead.calls.length).toBe(2)
  caller.abort(new Error('gone'))
  await trial
  await chain.ask([dead, next])
  expect(dead.calls.length).toBe(3)
  await chain.ask([dead, next])
  expect(dead.calls.length).toBe(3)
})

test('who waits for the trial of another one can still give up', async () => {
  const only = scripted('only', ['bad-key', hang], { timeoutMs: 400 })
  const chain = chainInMemory({ failures: 1, coolMs: 20 })
  await failureOf(chain.ask([only]))
  const trial = failureOf(chain.ask([only]))
  await sleep(60)
  const caller = new AbortController()
  const waiting = failureOf(chain.ask([only], { signal: caller.signal }))
  await sleep(20)
  const started = performance.now()
  caller.abort(new Error('gone'))
  await waiting
  expect(performance.now() - started).toBe(0)
  await trial
  expect(only.calls.length).toBe(2)
})

test('a bad key that a request brought itself is not held against the captioner', async () => {
  const first = scripted('first', 'bad-key')
  const chain = chainInMemory()
  const steps = [first, scripted('next', dog)]
  for (let image = 0; image < 5; image++) await chain.ask(steps, { wish: { apiKey: 'mine' } })
  expect(first.calls.length).toBe(5)
})

test('a copy with fewer styles is the same captioner; one built anew starts afresh', async () => {
  const dead = scripted('dead', hang, { timeoutMs: 50 })
  const next = scripted('next', dog)
  const chain = chainInMemory()
  await chain.ask([dead, next])
  await chain.ask([{ ...dead, styles: ['concise'] }, next])
  expect(dead.calls.length).toBe(1)
  const repaired = scripted('dead', dog)
  expect((await chain.ask([repaired, next])).captioner).toBe(repaired)
})
