import { expect, test } from 'vitest'
import { createClient } from './client.ts'

const NOW = '2026-01-01T00:00:00.000Z'

/** A client whose requests are kept and answered with `answer`. */
function clientThatGets(answer: unknown, status = 200) {
  const requests: { url: string; init: RequestInit }[] = []
  const client = createClient({
    baseUrl: 'http://descry.test',
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init })
      return new Response(JSON.stringify(answer), { status })
    },
  })
  return { client, requests }
}

test('parameters of the path are filled in and escaped, and those of the query follow', async () => {
  const { client, requests } = clientThatGets({ items: [], next: null })
  await client.listJobs({ limit: 5, status: 'failed' })
  await client.removePrompt({ name: 'a/b c' }).catch(() => {})
  expect(requests.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
    'GET http://descry.test/api/jobs?limit=5&status=failed',
    'DELETE http://descry.test/api/prompts/a%2Fb%20c',
  ])
})

test('a body goes as JSON', async () => {
  const { client, requests } = clientThatGets({
    items: [{ name: 'x', style: 'alt', template: 'y', updatedAt: NOW }],
  })
  const body = { name: 'x', style: 'alt', template: 'y' } as const
  const { items } = await client.savePrompt({ name: 'x', body })
  expect(items).toHaveLength(1)
  expect(requests[0]?.init).toMatchObject({ method: 'PUT', body: JSON.stringify(body) })
})

test('a file goes as a form, its options before it; an address goes as JSON', async () => {
  const { client, requests } = clientThatGets({ image: null }, 500)
  const file = new Blob(['pixels'])
  const options = { styles: ['alt', 'concise'] as ('alt' | 'concise')[] }
  await client.createCaptions({ image: { file, name: 'a.png' }, options }).catch(() => {})
  await client.createCaptions({ image: { url: 'http://a.test/b.png' }, options }).catch(() => {})
  const form = requests[0]?.init.body as FormData
  expect([...form.keys()]).toEqual(['styles', 'file'])
  expect(form.get('styles')).toBe('alt,concise')
  expect(JSON.parse(String(requests[1]?.init.body))).toEqual({
    url: 'http://a.test/b.png',
    ...options,
  })
})

test('a request can carry a key, under which it may be sent again', async () => {
  const { client, requests } = clientThatGets({}, 500)
  await client.createBatch({ body: { images: 2 } }, { idempotencyKey: 'a-1' }).catch(() => {})
  expect(requests[0]?.init.headers).toEqual({
    'content-type': 'application/json',
    'idempotency-key': 'a-1',
  })
})

test('an answer of another shape is an error, not data', async () => {
  const { client } = clientThatGets({ items: 'none' })
  await expect(client.listPrompts()).rejects.toMatchObject({
    code: 'unreadable-answer',
    status: 200,
  })
})

test('an error of the server keeps its code and request id', async () => {
  const error = { code: 'not-found', message: 'There is no job.', requestId: 'r1' }
  const { client } = clientThatGets({ error }, 404)
  await expect(client.getJob({ id: 'x' })).rejects.toMatchObject({
    code: 'not-found',
    requestId: 'r1',
  })
})

test('the health of a server that is not ready is an answer', async () => {
  const ok = { ok: true, reason: null }
  const checks = {
    database: ok,
    storage: ok,
    workers: { ok: false, reason: 'none' },
    captioners: ok,
  }
  const { client } = clientThatGets(
    { live: true, ready: false, version: '1', checks, workers: [] },
    503,
  )
  expect((await client.getHealth()).ready).toBe(false)
})
