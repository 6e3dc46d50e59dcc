import { inspect } from 'node:util'
import type { Outcome } from '@descry/contract'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildCaptioner } from '../../src/build-captioner.ts'
import type { Captioner, CaptionInput } from '../../src/captioner/captioner.ts'
import { CaptionerFailure } from '../../src/captioner/captioner-failure.ts'
import { askOnce } from '../ask-once.ts'
import { local } from './local.ts'
import { makeQuestion } from './make-question.ts'
import { type Answer, type ReceivedRequest, startProvider } from './start-provider.ts'
import { vendors } from './vendors.ts'

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.close())

const never = new AbortController().signal
const asked = () => provider.requests[0]!

describe.each(Object.entries(vendors))('%s', (_name, vendor) => {
  let captioner: Captioner
  const ask = async (input: Partial<CaptionInput> = {}, signal = never) =>
    captioner.caption(await makeQuestion({ sampling: captioner.sampling ?? {}, ...input }), signal)
  const failure = (input?: Partial<CaptionInput>): Promise<CaptionerFailure> =>
    ask(input).then(
      (output) => expect.fail(`a caption: ${output.text}`),
      (error) => error,
    )

  const imageIn = ({ bytes, body }: ReceivedRequest) =>
    vendor.imageIn ? Buffer.from(vendor.imageIn(JSON.parse(body)), 'base64') : bytes

  beforeEach(async () => {
    captioner = await buildCaptioner(vendor.settings(provider.url), {
      ...local,
      apiKey: vendor.key,
    })
    return () => captioner.dispose?.()
  })

  test('a good answer is a caption', async () => {
    provider.answer({ body: vendor.good('Teal card.') })
    const output = await ask()
    expect(output.text).toBe('Teal card.')
    expect(output.usage).toEqual(vendor.usage)
    if (vendor.usage) expect(output.finish).toBe('stop')
  })

  test('image, prompt, sampling and key arrive as the vendor wants them', async () => {
    provider.answer({ body: vendor.good('Teal card.') })
    const { file } = await makeQuestion()
    await ask()
    const { method, url } = asked()
    expect({ method, url: decodeURI(url ?? '') }).toEqual({ method: 'POST', url: vendor.path })
    expect(vendor.keyIn(asked())).toBe(vendor.key.split(':')[0])
    expect(imageIn(asked())).toEqual(file)
    if (!vendor.imageIn) return
    const json = JSON.parse(asked().body)
    expect(vendor.promptIn?.(json)).toBe(vendor.promptIn && 'What is on this card?')
    const sampling = Object.values(vendor.samplingIn?.(json) ?? {}).filter((one) => one)
    const defaults = Object.values(captioner.sampling ?? {})
    expect(sampling.sort()).toEqual(defaults.sort())
  })

  test('it says what it is and where the pixels go', () => {
    const { host } = new URL(provider.url)
    expect(captioner).toMatchObject({ name: 'mine', sendsPixelsTo: host, timeoutMs: 5000 })
    expect(captioner.description).toContain(host)
    expect(captioner.limits?.formats).toContain('image/jpeg')
  })

  test('every model but the first is a fall-back with its own name', async () => {
    provider.answer({ body: vendor.good('Teal card.') })
    const [fallback] = captioner.fallbacks ?? []
    if (!fallback) return
    expect(fallback).toMatchObject({
      name: 'mine#more-eyes',
      parent: 'mine',
      modelVersion: 'more-eyes',
    })
    await fallback.caption(await makeQuestion(), never)
    expect(`${asked().url} ${asked().body}`).toContain('more-eyes')
  })

  test('a key that a request brings is used for it, and for no other', async () => {
    provider.answer({ body: vendor.good('Teal card.') })
    const apiKey = `AKIABROUGHT${vendor.key.slice(11)}`
    await ask({ apiKey })
    await ask()
    expect(provider.requests.map(vendor.keyIn)).toEqual([
      apiKey.split(':')[0],
      vendor.key.split(':')[0],
    ])
  })

  test('what is in a form that few servers read goes out as JPEG', async () => {
    provider.answer({ body: vendor.good('Teal card.') })
    await askOnce(captioner, await makeQuestion({ mediaType: 'image/webp' }))
    const { format } = await sharp(imageIn(asked())).metadata()
    expect(captioner.limits?.formats).toContain(`image/${format}`)
    if (!vendor.imageIn) expect(asked().headers['content-type']).toBe('image/jpeg')
  })

  const page = '<!DOCTYPE html><html><title>Sign in</title></html>'
  const failures: [string, Answer | 'reset', Outcome][] = [
    ['a page', { headers: { 'content-type': 'text/html' }, body: page }, 'bad-answer'],
    ['broken JSON', { body: '{"choices": [{"mess' }, 'bad-answer'],
    ['nothing', { body: '' }, 'bad-answer'],
    ['null', { body: 'null' }, 'bad-answer'],
    ['an error with status 200', { body: { error: { message: 'overloaded' } } }, 'unreachable'],
    ['a server error', { status: 500, body: { message: 'oops' } }, 'unreachable'],
    [
      'a page of a gateway',
      { status: 502, headers: { 'content-type': 'text/html' }, body: page },
      'unreachable',
    ],
    ['too many requests', { status: 429, headers: { 'retry-after': '7' } }, 'rate-limited'],
    ['no permission', { status: 403, body: { message: 'no' } }, 'bad-key'],
    ['no such model', { status: 404, body: { message: 'no such model' } }, 'bad-request'],
    ['too large', { status: 413, body: 'Payload Too Large' }, 'too-large'],
    ['another place', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }, 'bad-request'],
    ['a broken connection', 'reset', 'unreachable'],
  ]

  test.each(failures)('%s is a failure that names the host', async (_case, answer, outcome) => {
    provider.answer(answer)
    const error = await failure()
    expect(error).toBeInstanceOf(CaptionerFailure)
    expect(error.outcome, error.message).toBe(outcome)
    expect(error.message).toMatch(/ at 127\.0\.0\.1:\d+ /)
    expect(error.message).not.toContain('<')
    if (outcome === 'rate-limited') expect(error.retryAfterMs).toBe(7000)
    expect(provider.requests, 'there is one retry loop, and it is not here').toHaveLength(1)
  })

  test('a server that is not there is a failure that says so', async () => {
    captioner = await buildCaptioner(vendor.settings('http://127.0.0.1:1'), {
      ...local,
      apiKey: vendor.key,
    })
    const error = await failure()
    expect(error.outcome).toBe('unreachable')
    expect(error.message).toMatch(/ at 127\.0\.0\.1:1 cannot be reached \(/)
  })

  test('a slow drip ends with the signal, and so does its connection', async () => {
    provider.answer('drip')
    const signal = AbortSignal.timeout(150)
    expect(await ask({}, signal).catch((error) => error)).toBe(signal.reason)
    await expect.poll(provider.drips).toBe(0)
  })

  test('nothing is sent once the signal is aborted', async () => {
    provider.answer({ body: vendor.good('Teal card.') })
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(ask({}, signal)).rejects.toThrow('enough')
    expect(provider.requests).toEqual([])
  })

  test('neither keys nor the image are in a failure, even if the server repeats them', async () => {
    const apiKey = vendor.key.replaceAll(/[05]/g, '9')
    const image = Buffer.from((await makeQuestion()).file)
      .toString('base64')
      .slice(0, 40)
    for (const status of [200, 400, 401, 500]) {
      const words = `Wrong key ${vendor.key}, ${vendor.key.split(':').join(' and ')}; ${apiKey}`
      provider.answer({ status, headers: { 'x-echo': apiKey }, body: { message: words } })
      const error = await failure({ apiKey })
      const told = inspect(error, { depth: 12, showHidden: true, maxStringLength: null })
      for (const part of [...vendor.key.split(':'), ...apiKey.split(':')]) {
        expect(told).not.toContain(part)
      }
      expect(told).not.toContain(image)
    }
  })

  test('a key in a good answer is masked, however it is written', async () => {
    const [secret = ''] = vendor.key.split(':').slice(-2)
    const written = [secret, [...secret].reverse().join(''), Buffer.from(secret).toString('base64')]
    for (const text of written) {
      provider.answer({ body: vendor.good(`A sign that reads ${text}`) })
      const output = await ask()
      expect(output.text.toLowerCase()).not.toContain(text.toLowerCase())
      expect(output.text).toContain('[key]')
    }
  })

  test('a key that cannot be sent is refused without printing it', async () => {
    provider.answer({ body: vendor.good('Teal card.') })
    const error = await failure({ apiKey: 'sk-first-line\nsk-second-line' })
    expect(error).toMatchObject({ outcome: 'bad-key' })
    expect(inspect(error)).not.toContain('second-line')
    expect(provider.requests).toEqual([])
  })

  test('whatever JSON comes back, there is a caption with text or a failure', async () => {
    await fc.assert(
      fc.asyncProperty(answerLike(vendor.good('Teal card.')), async (body) => {
        provider.answer({ body: JSON.stringify(body) })
        const output = await ask().catch((error) => error)
        if (output instanceof CaptionerFailure) return
        expect(output.text).toMatch(/\S/)
      }),
      { numRuns: 60 },
    )
  })
})

/** A good answer with one value somewhere in it replaced by another. */
function answerLike(good: unknown): fc.Arbitrary<unknown> {
  const places = [...placesIn(good)]
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('', ' ', -1, 1.5, null, [], {}),
  )
  return fc.tuple(fc.constantFrom(...places), odd).map(([place, value]) => {
    const copy = { root: structuredClone(good) }
    const parent = place.slice(0, -1).reduce((at: object, key) => Reflect.get(at, key), copy)
    Reflect.set(parent, place.at(-1) ?? '', value)
    return copy.root
  })
}

function* placesIn(value: unknown, place: string[] = ['root']): Generator<string[]> {
  yield place
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...place, key])
}
