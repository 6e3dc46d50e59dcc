import { ErrorResponse } from '@descry/contract'
import { Validator } from '@seriousme/openapi-schema-validator'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localCaller, requirePermission } from '../src/access/caller.ts'
import { registerRoutes } from '../src/http/routes.ts'
import { makeImage, openWorld, upload, type World } from './world.ts'

let world: World
let imageId: string
beforeAll(async () => {
  world = await openWorld({ env: { DESCRY_PUBLIC_URL: 'https://descry.example' } })
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/captions',
    ...upload(await makeImage({ width: 900, height: 600 })),
  })
  imageId = response.json().image.id
})
afterAll(() => world.close())

const get = (url: string, headers: Record<string, string> = {}) =>
  world.app.inject({ url, headers })

test.each([
  ['another name', { host: 'evil.example' }],
  ['a name that contains ours', { host: 'localhost.evil.example' }],
  ['a page elsewhere', { origin: 'https://evil.example' }],
  ['a name in brackets', { host: '[localhost]' }],
  ['a name behind a user', { host: 'evil@localhost' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a page on another port', { host: 'localhost:3000', origin: 'http://localhost:9999' }],
  [
    'a picture on a page elsewhere',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ],
])('a request by %s is refused', async (_case, headers) => {
  for (const url of ['/api/captions', '/api/health', '/']) {
    const response = await get(url, headers)
    expect(response.statusCode).toBe(403)
    expect(ErrorResponse.parse(response.json()).error.code).toBe('forbidden')
  }
})

test.each([
  ['no browser', {}],
  ['our own page', { host: 'LOCALHOST:3000', origin: 'http://localhost:3000' }],
  ['our public page', { host: 'descry.example', origin: 'https://descry.example' }],
  ['IPv6 loopback', { host: '[::1]:3000' }],
  ['a link on a page elsewhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
])('a request by %s is answered', async (_case, headers) => {
  expect((await get('/api/captions', headers)).statusCode).toBe(200)
})

test.each(['file', 'thumbnail'])(
  'a %s may be cached for ever and is not sent twice',
  async (what) => {
    const first = await get(`/api/images/${imageId}/${what}`)
    expect(first.statusCode).toBe(200)
    expect(first.headers['content-type']).toMatch(/^image\/(png|jpeg)$/)
    expect(first.headers['cache-control']).toContain('immutable')
    const etag = String(first.headers.etag)
    const second = await get(`/api/images/${imageId}/${what}`, { 'if-none-match': etag })
    expect(second.statusCode).toBe(304)
    expect(second.body).toBe('')
  },
)

test('an image nobody has is not found, and that is not cached', async () => {
  for (const what of ['', '/file', '/thumbnail']) {
    const response = await get(`/api/images/${'0'.repeat(64)}${what}`)
    expect(response.statusCode).toBe(404)
    expect(response.headers['cache-control'] ?? 'no-store').toBe('no-store')
  }
})

test('a request id goes in and out, and one that could break a log does not', async () => {
  const good = await get('/api/nothing', { 'x-request-id': 'trace-7' })
  expect(good.headers['x-request-id']).toBe('trace-7')
  expect(good.json().error.requestId).toBe('trace-7')
  const bad = await get('/api/nothing', { 'x-request-id': 'a b{}"' })
  expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})

test('every answer carries a strict content security policy', async () => {
  const { headers } = await get('/api/health')
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test.each([
  [
    'broken JSON',
    { payload: '{', headers: { 'content-type': 'application/json' } },
    400,
    'invalid-input',
  ],
  [
    'another media type',
    { payload: 'a=b', headers: { 'content-type': 'text/plain' } },
    415,
    'unsupported-media-type',
  ],
  [
    'a form without a file',
    { payload: '--x--\r\n', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    400,
    'invalid-input',
  ],
  [
    'a form without a boundary',
    { payload: 'x', headers: { 'content-type': 'multipart/form-data' } },
    400,
    'invalid-input',
  ],
  ['15 MB of JSON', { payload: { data: 'A'.repeat(15e6) } }, 413, 'image-too-large'],
])('%s is a mistake of the caller, in the one shape', async (_case, request, status, code) => {
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/captions',
    ...request,
  } as never)
  expect(ErrorResponse.parse(response.json()).error.code, response.body).toBe(code)
  expect(response.statusCode).toBe(status)
})

test('an address that cannot be decoded is refused in the one shape, too', async () => {
  const response = await get('/%zz')
  expect(response.statusCode).toBe(400)
  expect(ErrorResponse.parse(response.json()).error.requestId).toBe(
    response.headers['x-request-id'],
  )
})

test('two files in one request are refused rather than one ignored', async () => {
  const { headers, payload } = upload(await makeImage())
  const boundary = headers['content-type'].split('boundary=')[1]
  const twice = Buffer.concat([
    payload.subarray(0, payload.length - `--${boundary}--\r\n`.length),
    payload,
  ])
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/captions',
    headers,
    payload: twice,
  })
  expect(response.json().error).toMatchObject({ code: 'invalid-input' })
})

test('a loopback address cannot be fetched through the server', async () => {
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/captions',
    payload: { url: 'http://127.0.0.1:1/secret.png' },
  })
  expect(response.json().error.code).toBe('url-not-allowed')
})

test('health says what is missing', async () => {
  const idle = (await get('/api/health')).json()
  expect(idle).toMatchObject({ live: true, ready: false })
  expect(idle.checks.workers.reason).toContain('No worker')
  const worker = await world.startWorker()
  const busy = await get('/api/health')
  expect(busy.statusCode).toBe(200)
  expect(busy.json().workers).toHaveLength(1)
  await worker.stop()
})

test('the captioners are listed without their inner parts', async () => {
  const { items } = (await get('/api/captioners')).json()
  expect(items).toMatchObject([{ name: 'fake', isDefault: true, sendsPixelsTo: null }])
})

test('the reference is a valid OpenAPI document', async () => {
  const document = (await get('/api/openapi.json')).json()
  expect(await new Validator().validate(document)).toMatchObject({ valid: true })
})

test('the reference lists every route there is, each with its error', async () => {
  const { paths } = (await get('/api/openapi.json')).json()
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations as object).map((method) => `${method} ${path}`),
  )
  expect(routes.sort()).toEqual([
    'delete /api/captioners/{name}',
    'delete /api/prompts/{name}',
    'get /api/captioners',
    'get /api/captioners/configured',
    'get /api/captioning-rules',
    'get /api/captions',
    'get /api/events',
    'get /api/health',
    'get /api/images/{id}',
    'get /api/images/{id}/file',
    'get /api/images/{id}/thumbnail',
    'get /api/jobs',
    'get /api/jobs/{id}',
    'get /api/jobs/{id}/result',
    'get /api/prompts',
    'get /api/sent-images',
    'post /api/captioners/test',
    'post /api/captions',
    'post /api/estimates',
    'post /api/jobs/batches',
    'post /api/jobs/captions',
    'post /api/jobs/{id}/cancel',
    'post /api/jobs/{id}/close',
    'post /api/jobs/{id}/retry',
    'put /api/captioners/{name}',
    'put /api/captioning-rules',
    'put /api/prompts/{name}',
  ])
  expect(paths['/api/captions'].post.requestBody.content).toHaveProperty('multipart/form-data')
  expect(paths['/api/captions'].post.responses[422].description).toContain('corrupt-image')
})

test('a query parameter that nobody knows is refused like an unknown field', async () => {
  for (const url of ['/api/jobs?state=done', '/api/captioners?all=1', '/api/health?x=1']) {
    const response = await get(url)
    expect(response.statusCode, url).toBe(400)
    expect(response.json().error.message).toMatch(/^There is no `\w+` here\.$/)
  }
})

test('a caller without the permission of an endpoint is told which one it needs', () => {
  const caller = { ...localCaller('test'), permissions: new Set(['jobs:read'] as const) }
  requirePermission(caller, 'jobs:read')
  requirePermission(caller, 'none')
  expect(() => requirePermission(caller, 'jobs:write')).toThrow(/jobs:write/)
})

test('a route that does not say which permission it needs does not start', async () => {
  const app = Fastify()
  registerRoutes(app, world.deps)
  expect(() => app.get('/api/secret', async () => 'told')).toThrow(/which permission/)
})

test('what a trusted proxy says of the host does not make another name ours', async () => {
  const other = await openWorld({
    env: { DESCRY_PUBLIC_URL: 'https://descry.example', DESCRY_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const status = async (headers: Record<string, string>) =>
    (await other.app.inject({ url: '/api/captions', headers })).statusCode
  const forwarded = { 'x-forwarded-for': '10.0.0.9', 'x-forwarded-host': 'descry.example' }
  expect(await status({ host: 'descry.example', ...forwarded })).toBe(200)
  expect(await status({ host: 'evil.example', ...forwarded })).toBe(403)
  expect(await status({ host: 'evil.example', 'x-forwarded-host': 'localhost' })).toBe(403)
  expect(await status({ host: 'localhost', 'x-forwarded-host': 'evil.example' })).toBe(403)
  await other.close()
})

test('what is about images is kept by no cache between, and a 304 is given only for what is there', async () => {
  expect((await get('/api/captions')).headers['cache-control']).toBe('no-store')
  const file = await get(`/api/images/${imageId}/file`)
  expect(file.headers['cache-control']).toMatch(/^private/)
  const nobody = '0'.repeat(64)
  for (const [what, etag] of [
    ['file', `"${nobody}"`],
    ['thumbnail', `"${nobody}-thumbnail"`],
  ]) {
    const response = await get(`/api/images/${nobody}/${what}`, { 'if-none-match': `${etag}` })
    expect(response.statusCode).toBe(404)
  }
})

test('another method is answered with those there are', async () => {
  const response = await world.app.inject({ method: 'DELETE', url: '/api/captions?x=1' })
  expect(response.statusCode).toBe(405)
  expect(response.headers.allow).toBe('POST, GET, HEAD')
  expect(response.json().error).toMatchObject({ code: 'method-not-allowed' })
  const head = await world.app.inject({ method: 'HEAD', url: '/api/events' })
  expect(head.statusCode).toBe(200)
  expect(head.headers['content-type']).toContain('text/event-stream')
})

test('another kind of body is told which kinds are taken; an image as it is is one of them', async () => {
  const post = async (headers: Record<string, string>, payload: string | Buffer) =>
    world.app.inject({ method: 'POST', url: '/api/captions', headers, payload })
  const wrong = await post({ 'content-type': 'text/csv' }, 'a,b')
  expect(wrong.statusCode).toBe(415)
  expect(wrong.json().error.message).toMatch(/multipart\/form-data.*application\/json.*image/)
  const raw = await post({ 'content-type': 'image/png' }, await makeImage())
  expect(raw.statusCode, raw.body).toBe(200)
  const damaged = await post({ 'content-type': 'image/png' }, 'no image at all')
  expect(damaged.json().error.code).toBe('unsupported-image')
})

test('however much is wrong with a request, its answer stays short', async () => {
  const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${i}`, 1]))
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/jobs/batches',
    payload: { images: 'many', ...fields },
  })
  expect(response.statusCode).toBe(400)
  expect(response.body.length).toBeLessThan(2000)
  expect(response.json().error.message).toContain('images: Enter a number.')
})

test.each([
  ['white space around it', (base64: string) => `\n data:image/png;base64,${base64}\n`],
  ['capitals', (base64: string) => `DATA:image/PNG;BASE64,${base64}`],
  ['percent signs', (base64: string) => `data:image/png;base64,${encodeURIComponent(base64)}`],
  ['parameters', (base64: string) => `data:image/png;charset=utf-8;base64,${base64}`],
])('a data: URL with %s is read', async (_case, spell) => {
  const data = spell((await makeImage()).toString('base64'))
  const response = await world.app.inject({
    method: 'POST',
    url: '/api/captions',
    payload: { data },
  })
  expect(response.statusCode, response.body).toBe(200)
})
