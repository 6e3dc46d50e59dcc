import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Sampling } from '@descry/contract'
import sharp from 'sharp'
import { afterEach, expect, test } from 'vitest'
import { askOnce } from '../../../test/ask-once.ts'
import { toAppError } from '../../captioner/to-app-error.ts'
import { prompts } from '../../prompts/prompts.ts'
import { openaiCompatibleCaptioner } from './openai-compatible.ts'

let server: Server | undefined
afterEach(() => server?.close())

type Request = { url: string | undefined; authorization: string | undefined; body: string }

/** A server that answers all requests alike, and keeps them. */
async function serve(status: number, answer: unknown, { wait = 0 } = {}) {
  const requests: Request[] = []
  server = createServer(async (request, response) => {
    const { authorization } = request.headers
    requests.push({ url: request.url, authorization, body: await text(request) })
    await new Promise((resolve) => setTimeout(resolve, wait))
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return { baseUrl: `http://127.0.0.1:${port}/v1/`, requests }
}

const completion = (content: unknown) => ({
  choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 90, completion_tokens: 7 },
})

const settingsFor = (baseUrl: string, sampling: Sampling = {}) => ({
  kind: 'openai-compatible' as const,
  name: 'mine',
  enabled: true,
  baseUrl,
  models: ['eyes'],
  limits: {},
  sampling,
  timeoutSeconds: 5,
})

async function ask(baseUrl: string, { mediaType = 'image/jpeg', timeoutMs = 5000 } = {}) {
  const captioner = openaiCompatibleCaptioner(settingsFor(baseUrl), { apiKey: 'key' })
  const image = sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
  const file = await (mediaType === 'image/webp' ? image.webp() : image.jpeg()).toBuffer()
  const input = {
    file,
    thumbnail: file,
    mediaType,
    width: 60,
    height: 40,
    style: 'alt',
    prompt: prompts.alt,
  } as const
  return askOnce(captioner, input, { timeoutMs }).catch((failure) => {
    throw toAppError(failure)
  })
}

test('the image goes out as a data URL with the prompt of its style, the text comes back', async () => {
  const { baseUrl, requests } = await serve(200, completion(' A teal card. '))
  expect(await ask(baseUrl)).toMatchObject({
    text: 'A teal card.',
    usage: { inputTokens: 90, outputTokens: 7 },
  })
  const [request] = requests
  expect(request).toMatchObject({ url: '/v1/chat/completions', authorization: 'Bearer key' })
  const { model, messages } = JSON.parse(request?.body ?? '')
  expect(model).toBe('eyes')
  const [image, prompt] = messages[0].content
  expect(prompt.text).toContain('alt text')
  expect(image.image_url.url).toMatch(/^data:image\/jpeg;base64,/)
})

test('WebP goes out as JPEG, which every server reads', async () => {
  const { baseUrl, requests } = await serve(200, completion('ok'))
  await ask(baseUrl, { mediaType: 'image/webp' })
  expect(requests[0]?.body).toContain('data:image/jpeg;base64,')
})

test('what a reasoning model thought is not part of the caption', async () => {
  const { baseUrl } = await serve(200, completion('<think>Hmm, teal?</think>A teal card.'))
  expect((await ask(baseUrl)).text).toBe('A teal card.')
})

test.each([
  ['an empty answer', 200, completion(''), 'captioner-failed', true],
  ['no content at all', 200, completion(null), 'captioner-failed', true],
  ['only thoughts', 200, completion('<think>hm</think>'), 'captioner-failed', true],
  ['no choices', 200, { choices: [] }, 'captioner-failed', true],
  ['another JSON', 200, { hello: 1 }, 'captioner-failed', true],
  ['no JSON', 200, '<html>', 'captioner-failed', true],
  ['a limit', 429, { error: {} }, 'rate-limited', true],
  ['a wrong key', 401, { error: { message: 'bad key' } }, 'captioner-refused', false],
  ['a server error', 500, 'oops', 'captioner-failed', true],
])('%s is a failure, never a caption', async (_case, status, answer, code, retry) => {
  const { baseUrl } = await serve(status, answer)
  await expect(ask(baseUrl)).rejects.toMatchObject({ code, retry })
})

test('a server that is not there is a failure that names it', async () => {
  const { baseUrl } = await serve(200, completion('x'))
  server?.close()
  await expect(ask(baseUrl)).rejects.toThrow(/eyes at 127\.0\.0\.1:\d+ cannot be reached/)
})

test('a server that takes too long is given up', async () => {
  const { baseUrl } = await serve(200, completion('late'), { wait: 2000 })
  await expect(ask(baseUrl, { timeoutMs: 100 })).rejects.toMatchObject({
    code: 'captioner-timeout',
  })
})

test('a server is told not to stream, and what it does not know is refused when it is set', async () => {
  const { baseUrl, requests } = await serve(200, completion('ok'))
  await ask(baseUrl)
  const body = JSON.parse(requests[0]?.body ?? '')
  expect(body).toMatchObject({ stream: false, temperature: 0.7, top_p: 0.95, max_tokens: 200 })
  expect(body).not.toHaveProperty('top_k')
  expect(() => openaiCompatibleCaptioner(settingsFor(baseUrl, { topK: 5 }))).toThrow(
    /eyes at 127\.0\.0\.1:\d+ does not take topK/,
  )
})

test.each([
  ['gpt-4o-mini', { max_completion_tokens: 200, temperature: 0.7 }],
  ['gpt-5-mini', { max_completion_tokens: 1224, temperature: undefined, reasoning_effort: 'low' }],
])("%s is asked as OpenAI's own servers want it", async (model, expected) => {
  const { baseUrl, requests } = await serve(200, completion('ok'))
  const settings = { ...settingsFor('https://api.openai.com/v1'), models: [model] }
  const captioner = openaiCompatibleCaptioner(settings, {
    apiKey: 'key',
    fetch: (url, init) => fetch(String(url).replace('https://api.openai.com/v1/', baseUrl), init),
  })
  await captioner.caption(await question(), new AbortController().signal)
  const { max_completion_tokens, max_tokens, temperature, reasoning_effort } = JSON.parse(
    requests[0]?.body ?? '',
  )
  expect({ max_completion_tokens, temperature, reasoning_effort }).toMatchObject(expected)
  expect(max_tokens).toBeUndefined()
})

async function question() {
  const file = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  const rest = {
    width: 60,
    height: 40,
    style: 'alt',
    prompt: 'Describe it.',
    sampling: {},
  } as const
  return { file, thumbnail: file, mediaType: 'image/jpeg', ...rest }
}
