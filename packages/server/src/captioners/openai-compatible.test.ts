import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterEach, expect, test } from 'vitest'
import { openaiCompatibleCaptioner } from './openai-compatible.ts'
import { runCaptioner } from './run-captioner.ts'

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

async function ask(baseUrl: string, { mediaType = 'image/jpeg', timeoutMs = 5000 } = {}) {
  const captioner = openaiCompatibleCaptioner({ baseUrl, apiKey: 'key', model: 'eyes' })
  const image = sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
  const file = await (mediaType === 'image/webp' ? image.webp() : image.jpeg()).toBuffer()
  const input = {
    file,
    thumbnail: file,
    mediaType,
    width: 60,
    height: 40,
    style: 'alt',
    prompt: 'Describe it.',
    sampling: {},
  } as const
  return runCaptioner(captioner, input, { signal: new AbortController().signal, timeoutMs })
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
  expect(messages[0].content[0].text).toContain('alt text')
  expect(messages[0].content[1].image_url.url).toMatch(/^data:image\/jpeg;base64,/)
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
