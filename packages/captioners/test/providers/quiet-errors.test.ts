import type { Outcome } from '@descry/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildCaptioner } from '../../src/build-captioner.ts'
import { local } from './local.ts'
import { makeCompletion } from './make-completion.ts'
import { makeQuestion } from './make-question.ts'
import { startProvider } from './start-provider.ts'
import { vendors } from './vendors.ts'

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.close())

async function failureOf(name: string, body: unknown) {
  const vendor = vendors[name]!
  provider.answer({ body })
  const settings = vendor.settings(provider.url)
  const captioner = await buildCaptioner(settings, { ...local, apiKey: vendor.key })
  const question = await makeQuestion({ sampling: captioner.sampling ?? {} })
  const failure = await captioner.caption(question, new AbortController().signal).then(
    (output) => expect.fail(`a caption: ${output.text}`),
    (error) => error,
  )
  await captioner.dispose?.()
  return failure
}

const error = (message: string, others: object = {}) => ({ error: { message, ...others } })

/** Bodies that came with status 200, in the words of routers, local servers and vendors. */
const bodies: [body: unknown, outcome: Outcome, says: RegExp][] = [
  [error('No auth credentials found', { code: 401 }), 'bad-key', /does not accept the key \(401/],
  [error('Insufficient credits', { code: 402 }), 'bad-key', /no credit left/],
  [error('Rate limit exceeded', { code: '429' }), 'rate-limited', /takes no more requests/],
  [error('Provider returned error', { code: 502 }), 'unreachable', /failed \(502/],
  [
    error('No endpoints found that support image input', { code: 404 }),
    'bad-request',
    /not look at/,
  ],
  [
    error('Prediction failed: the vision add-on is not loaded'),
    'bad-request',
    /not look at images/,
  ],
  [
    error('Incorrect key', { code: 'invalid_api_key', type: 'invalid_request_error' }),
    'bad-key',
    /./,
  ],
  [error('Slow down', { type: 'rate_limit_error' }), 'rate-limited', /./],
  [error('Overloaded', { type: 'overloaded_error' }), 'unreachable', /./],
  [error('Quota', { code: 429, status: 'RESOURCE_EXHAUSTED' }), 'rate-limited', /./],
  [error('It is off', { status: 'UNAVAILABLE' }), 'unreachable', /./],
  [error('Bad', { status: 'INVALID_ARGUMENT' }), 'bad-request', /./],
  [{ error: 'Too many requests' }, 'rate-limited', /./],
  [{ error: 'The model `eyes` does not exist' }, 'bad-request', /./],
  [{ error: 'Error code: 403 - no way' }, 'bad-key', /403/],
  [{ errors: [{ code: 401, message: 'Authentication error' }], success: false }, 'bad-key', /./],
  [{ object: 'error', message: 'No such one', code: 404 }, 'bad-request', /No such one/],
  [{ __type: 'ThrottlingException', message: 'Rate exceeded' }, 'rate-limited', /./],
  [{ detail: 'Unauthorized' }, 'bad-key', /./],
  [{ choices: null, code: 1302, msg: 'Rate limit reached' }, 'rate-limited', /./],
  [[{ error: 'Service Unavailable' }], 'unreachable', /./],
  [error('A thing that nobody knows.'), 'bad-answer', /with an error \(200: A thing/],
]

describe.each(Object.keys(vendors))('%s', (name) => {
  test.each(bodies)('%j with status 200 is %s', async (body, outcome, says) => {
    const failure = await failureOf(name, body)
    expect(failure.outcome, failure.message).toBe(outcome)
    expect(failure.message).toMatch(says)
    expect(failure.reply).toBe(JSON.stringify(body))
  })

  test('a model that is still being loaded is waited for as long as it says', async () => {
    const failure = await failureOf(name, {
      error: 'Model is currently loading',
      estimated_time: 20,
    })
    expect(failure).toMatchObject({ outcome: 'unreachable', retryAfterMs: 20_000 })
  })
})

test('a failure that a router puts into the choice is judged like one in its place', async () => {
  const { body } = makeCompletion({ content: 'A brown dog runs' }, 'error')
  const choices = [{ ...body.choices[0], error: { code: 429, message: 'Rate limited upstream' } }]
  const failure = await failureOf('openai-compatible', { choices })
  expect(failure).toMatchObject({ outcome: 'rate-limited' })
  expect(failure.reply).toContain('A brown dog runs')
})

test.each([null, '', false, {}, { code: null, message: null }, []])(
  'an error of %j beside a caption is none',
  async (nothing) => {
    const { settings, key, good } = vendors['openai-compatible']!
    const body = { ...(good('Teal card.') as object), error: nothing }
    provider.answer({ body })
    const captioner = await buildCaptioner(settings(provider.url), { ...local, apiKey: key })
    const { text } = await captioner.caption(await makeQuestion(), new AbortController().signal)
    expect(text).toBe('Teal card.')
  },
)

test('an error that comes as an event is judged as well', async () => {
  const event = 'event: error\ndata: {"error":{"code":429,"message":"Slow down"}}\n\n'
  expect(await failureOf('openai-compatible', event)).toMatchObject({ outcome: 'rate-limited' })
})

test('words without any JSON are judged as well', async () => {
  expect(await failureOf('openai-compatible', 'Too Many Requests')).toMatchObject({
    outcome: 'rate-limited',
  })
})
