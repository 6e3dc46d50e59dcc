import { type Outcome, outcomes, Trace } from '@descry/contract'
import sharp from 'sharp'
import { describe, expect, test, vi } from 'vitest'
import { CaptionerFailure } from '../../src/captioner/captioner-failure.ts'
import type { Check } from '../../src/chain/check-answer.ts'
import { after, hang, scripted } from './scripted-captioner.ts'
import { useVirtualTime } from './virtual-time.ts'
import { chainInMemory, failureOf } from './wish.ts'

useVirtualTime()

const dog = 'a dog on a beach'
const smallJpeg = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#369' } })
    .jpeg()
    .toBuffer()
const outcomesOf = ({ trace }: { trace: Trace }) =>
  trace.steps.map(({ captioner, outcome }) => `${captioner} ${outcome}`)

test('the first captioner answers, and the trace says so', async () => {
  const first = scripted('first', dog)
  const next = scripted('next', 'a cat')
  const { output, captioner, trace } = await chainInMemory().ask([first, next])
  expect(output.text).toBe(dog)
  expect(captioner).toBe(first)
  expect(next.calls).toEqual([])
  expect(Trace.parse(trace)).toMatchObject({
    cost: 0,
    steps: [{ captioner: 'first', model: 'first-1', attempt: 1, outcome: 'done' }],
  })
})

test('text is kept as the database can keep it', async () => {
  const { output } = await chainInMemory().ask([scripted('first', ` a${'\0'} dog\ud800 `)])
  expect(output.text).toBe('a dog\ufffd')
})

describe.each(Object.entries(outcomes))('%s', (name, { retry, fallThrough }) => {
  const outcome = name as Outcome

  test(`is retried: ${retry}`, async () => {
    const sampling = { temperature: 0.7, maxTokens: 100 }
    const first = scripted('first', outcome, { sampling })
    await chainInMemory({ failures: 10 })
      .ask([first])
      .catch(() => {})
    expect(first.calls.length).toBe({ never: 1, otherwise: 2, later: 4 }[retry])
  })

  test.each([false, true])(
    'the next captioner is asked, if refusals may fall through: %s',
    async (fallThroughRefusals) => {
      const next = scripted('next', dog)
      const run = chainInMemory().ask([scripted('first', outcome), next], {
        fallThroughRefusals,
      })
      const goesOn = fallThrough === 'yes' || (fallThrough === 'if-allowed' && fallThroughRefusals)
      if (goesOn) expect((await run).captioner).toBe(next)
      else expect(await failureOf(run)).toMatchObject({ outcome, message: `It was ${outcome}.` })
      expect(next.calls.length).toBe(goesOn ? 1 : 0)
    },
  )
})

test.each([
  ['empty', { temperature: 1, maxTokens: 100 }],
  ['unfit', { temperature: 1, maxTokens: 100 }],
  ['truncated', { temperature: 0.7, maxTokens: 200 }],
])(
  'after an answer that is %s, the same captioner is asked with other settings',
  async (outcome, other) => {
    const sampling = { temperature: 0.7, maxTokens: 100 }
    const first = scripted('first', [outcome, dog], { sampling })
    const result = await chainInMemory().ask([first])
    expect(first.calls.map((call) => call.sampling)).toEqual([sampling, other])
    expect(result.sampling).toEqual(other)
  },
)

test('a captioner without settings is not asked the same again', async () => {
  const first = scripted('first', '')
  expect(await failureOf(chainInMemory().ask([first]))).toMatchObject({ outcome: 'empty' })
  expect(first.calls.length).toBe(1)
})

test('the pauses between retries grow', async () => {
  const times: number[] = []
  const first = scripted('first', async () => {
    times.push(performance.now())
    throw new CaptionerFailure('unreachable', 'No connection.')
  })
  await failureOf(chainInMemory({ backoffMs: 40, failures: 10 }).ask([first]))
  const [a = 0, b = 0, c = 0] = times.slice(1).map((time, i) => time - (times[i] ?? 0))
  // Each is twice as long as the one before, cut by up to a half.
  for (const [pause, longest] of [
    [a, 40],
    [b, 80],
    [c, 160],
  ] as const) {
    expect(pause).toBeGreaterThanOrEqual(longest / 2)
    expect(pause).toBeLessThanOrEqual(longest)
  }
})

test('what the server asked for is waited for', async () => {
  const busy = new CaptionerFailure('rate-limited', 'Slow down.', {
    retryAfterMs: 150,
    status: 429,
  })
  const { trace } = await chainInMemory().ask([scripted('first', [busy, dog])])
  expect(trace.ms).toBeGreaterThanOrEqual(150)
  expect(trace.ms).toBeLessThanOrEqual(165) // up to a tenth more, so that not all come at once
  expect(trace.steps).toMatchObject([{ outcome: 'rate-limited', status: 429 }, { outcome: 'done' }])
})

test.each([
  ['is longer than a pause may be', 60_000, {}],
  ['would pass the deadline of the chain', 500, { timeoutMs: 400 }],
])('a wait that %s is not made', async (_case, retryAfterMs, options) => {
  const busy = new CaptionerFailure('rate-limited', 'Slow down.', { retryAfterMs })
  const chain = chainInMemory()
  const result = await chain.ask([scripted('first', busy), scripted('next', dog)], options)
  expect(outcomesOf(result)).toEqual(['first rate-limited', 'next done'])
  expect(result.trace.ms).toBe(0)

  const failure = await failureOf(chainInMemory().ask([scripted('alone', busy)], options))
  expect(failure).toMatchObject({ outcome: 'rate-limited', chain: { retry: true }, retryAfterMs })
})

test('a full minute is waited for, or left to those who have a queue to wait in', async () => {
  vi.setSystemTime('2026-01-01T12:00:20Z')
  const first = scripted('first', dog, { limits: { perMinute: 1 } })
  const chain = chainInMemory()
  await chain.ask([first])
  const failure = await failureOf(chain.ask([first], { longestLimitWaitMs: 5000 }))
  expect(failure).toMatchObject({ outcome: 'rate-limited', chain: { retry: true } })
  expect(failure.retryAfterMs).toBe(40_000)
  const { trace } = await chain.ask([first])
  expect(trace.steps[0]?.waitedMs).toBe(40_000)
})

test('a captioner that hangs is given up at its deadline, once', async () => {
  const dead = scripted('dead', hang, { timeoutMs: 60 })
  const result = await chainInMemory().ask([dead, scripted('next', dog)])
  expect(outcomesOf(result)).toEqual(['dead timed-out', 'next done'])
  expect(result.trace.steps[0]?.ms).toBe(60)
  expect(result.trace.ms).toBe(60)
})

test('the deadline of the chain ends it, with all that was tried', async () => {
  const steps = [scripted('first', 'bad-request'), scripted('slow', hang)]
  const failure = await failureOf(chainInMemory().ask(steps, { timeoutMs: 100 }))
  expect(failure).toBeInstanceOf(CaptionerFailure)
  expect(failure.message).toBe(
    'It was bad-request. The others: slow: The time for the whole chain is over.',
  )
  expect(outcomesOf(failure.chain)).toEqual(['first bad-request', 'slow timed-out'])
  expect(failure.chain.trace.ms).toBe(100)
})

test('one that hangs leaves time for the next, also where the chain has less than it', async () => {
  const slow = scripted('slow', hang, { timeoutMs: 60_000 })
  const result = await chainInMemory().ask([slow, scripted('next', dog)], { timeoutMs: 200 })
  expect(outcomesOf(result)).toEqual(['slow timed-out', 'next done'])
})

test('it is told before the image is sent away, and nothing is sent where that fails', async () => {
  vi.useRealTimers() // the picture is made smaller by threads that know no other time
  const told: string[] = []
  const here = scripted('here', 'bad-request')
  const away = scripted('away', dog, { sendsPixelsTo: 'api.example.com' })
  const prepared = { file: await smallJpeg(), mediaType: 'image/jpeg' }
  const onSend = async ({ name }: { name: string }) => {
    expect(away.calls.length).toBe(0)
    told.push(name)
  }
  await chainInMemory().ask([here, away], { onSend, wish: prepared })
  expect(told).toEqual(['away'])

  const unable = new Error('The record cannot be written.')
  const failing = { onSend: () => Promise.reject(unable), wish: prepared }
  expect(await failureOf(chainInMemory().ask([away], failing))).toBe(unable)
  expect(away.calls.length).toBe(1)
})

test('the key of a request is shown to the first step and its fallbacks, and to nobody else', async () => {
  const fallback = scripted('first#b', 'bad-request')
  const first = scripted('first', 'bad-request', { fallbacks: [fallback] })
  const next = scripted('next', dog)
  await chainInMemory().ask([first, next], { wish: { apiKey: 'mine' } })
  const keys = [first, fallback, next].map(({ calls }) => calls[0]?.apiKey)
  expect(keys).toEqual(['mine', 'mine', undefined])
})

test('the caller ends it at once, also where the captioner does not listen', async () => {
  const caller = new AbortController()
  const run = chainInMemory().ask([scripted('deaf', hang)], { signal: caller.signal })
  const gone = new Error('The page was closed.')
  setTimeout(() => caller.abort(gone), 30)
  const started = performance.now()
  expect(await failureOf(run)).toBe(gone)
  expect(performance.now() - started).toBe(30)
})

test('the caller ends it during a pause, and nobody is asked any more', async () => {
  const caller = new AbortController()
  const first = scripted('first', 'unreachable')
  const chain = chainInMemory({ backoffMs: 10_000 })
  const run = chain.ask([first, scripted('next', dog)], { signal: caller.signal })
  setTimeout(() => caller.abort(new Error('gone')), 30)
  await expect(run).rejects.toThrow('gone')
  expect(first.calls.length).toBe(1)
})

test('the first failure is the main one, and the others are listed', async () => {
  const failure = await failureOf(
    chainInMemory().ask([
      scripted('a', 'bad-key'),
      scripted('b', 'too-large'),
      scripted('c', dog, { styles: ['alt'] }),
    ]),
  )
  expect(failure).toMatchObject({ outcome: 'bad-key', chain: { retry: false } })
  expect(failure.message).toBe(
    'It was bad-key. The others: b: It was too-large. c: It cannot write concise captions.',
  )
  expect(failure.cause).toMatchObject({ outcome: 'bad-key' })
})

test('steps that cannot write the style, or may not have the image, are left out and named', async () => {
  const away = scripted('away', dog, { sendsPixelsTo: 'api.example.com' })
  const here = scripted('here', dog)
  const result = await chainInMemory().ask(
    [scripted('other', dog, { styles: ['alt'] }), away, here],
    { mayLeave: () => false },
  )
  expect(result.captioner).toBe(here)
  expect(result.trace.steps.slice(0, 2)).toMatchObject([
    { outcome: 'skipped', attempt: 0, reason: 'It cannot write concise captions.' },
    { outcome: 'skipped', attempt: 0, reason: 'The image may not be sent to api.example.com.' },
  ])
  expect(away.calls).toEqual([])
})

test.each([
  ['an empty chain', []],
  ['a chain of which nobody may be asked', [scripted('other', dog, { styles: ['alt'] })]],
])('%s fails, and says why', async (_case, steps) => {
  const failure = await failureOf(chainInMemory().ask(steps))
  expect(failure).toMatchObject({ code: 'not-allowed-to-leave', details: { outcome: 'skipped' } })
  expect(failure.message).toContain('No captioner of the chain may be asked.')
})

test('a captioner that only measures pixels stands in for nobody, also as a fallback', async () => {
  const basic = scripted('basic', dog, { sees: false })
  const first = scripted('first', dog, { fallbacks: [basic] })
  for (const steps of [[scripted('first', dog), basic], [first]]) {
    expect(await failureOf(chainInMemory().ask(steps))).toMatchObject({
      code: 'unsupported-option',
    })
  }
})

test('fallbacks come right after their step', async () => {
  const first = scripted('first', 'bad-request', {
    fallbacks: [scripted('first#b', 'too-large'), scripted('first#c', 'bad-answer')],
  })
  const result = await chainInMemory({ failures: 1 }).ask([first, scripted('next', dog)])
  expect(outcomesOf(result)).toEqual([
    'first bad-request',
    'first#b too-large',
    'first#c bad-answer',
    'next done',
  ])
})

test('a provider that does not answer in time costs one deadline, not one for each model', async () => {
  const late = { timeoutMs: 50 }
  const fallback = scripted('first#b', dog, late)
  const first = scripted('first', hang, { ...late, fallbacks: [fallback] })
  const chain = chainInMemory()
  expect(outcomesOf(await chain.ask([first, scripted('next', dog)]))).toEqual([
    'first timed-out',
    'first#b skipped',
    'next done',
  ])
  const alone = await chainInMemory().ask([first])
  expect(alone.captioner).toBe(fallback)
})

describe('the check', () => {
  const check: Check = ({ text }) =>
    text.startsWith('I cannot')
      ? { kind: 'fail', outcome: 'refused', reason: 'It refuses.' }
      : { kind: 'pass', text: text.replace('An image of ', '') }

  test('says what is stored', async () => {
    const { output } = await chainInMemory().ask([scripted('first', 'An image of a dog')], {
      check,
    })
    expect(output.text).toBe('a dog')
  })

  test('turns an answer into a failure, which keeps the reply', async () => {
    const first = scripted('first', 'I cannot describe this.')
    const failure = await failureOf(chainInMemory().ask([first, scripted('next', dog)], { check }))
    expect(failure.outcome).toBe('refused')
    expect(failure.message).toBe('The answer of first is no caption: It refuses.')
    expect(failure.chain.trace.steps).toMatchObject([
      { outcome: 'refused', reply: 'I cannot describe this.' },
    ])
  })

  test('without one, an answer needs words and an end', async () => {
    const cut = { text: 'a dog on a', finish: 'length' } as const
    const result = await chainInMemory().ask([
      scripted('blank', '  '),
      scripted('cut', cut),
      scripted('next', dog),
    ])
    expect(outcomesOf(result)).toEqual(['blank empty', 'cut truncated', 'next done'])
  })
})

test('a bug in a captioner is a bad answer, with the bug as its cause', async () => {
  const bug = new TypeError('x is not a function')
  const chain = chainInMemory({ failures: 10 })
  const failure = await failureOf(chain.ask([scripted('first', bug)]))
  expect(failure).toMatchObject({ outcome: 'bad-answer', cause: { cause: bug } })
})

test('a bug in the check fails the run as what it is', async () => {
  const check = () => Promise.reject(new TypeError('no such rule'))
  const failure = await failureOf(chainInMemory().ask([scripted('first', dog)], { check }))
  expect(failure).toBeInstanceOf(TypeError)
})

test('a chain that was disposed waits for what is in hand, and begins nothing new', async () => {
  const chain = chainInMemory()
  const inHand = chain.ask([scripted('first', after(50, dog))])
  await chain.dispose()
  await expect(Promise.race([inHand, 'not yet'])).resolves.toMatchObject({ output: { text: dog } })
  await expect(chain.ask([scripted('first', dog)])).rejects.toMatchObject({ code: 'stopping' })
})
