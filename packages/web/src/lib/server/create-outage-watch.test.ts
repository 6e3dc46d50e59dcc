import { expect, test, vi } from 'vitest'
import { createOutageWatch } from './create-outage-watch.ts'

const failure = (status: number, code: string) =>
  Response.json({ error: { code, message: 'In words.', requestId: '1' } }, { status })

test('no response is an outage until the next one comes', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>()
  const { outage, watchedFetch } = createOutageWatch(fetch)

  fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  await expect(watchedFetch('/api/jobs')).rejects.toThrow()
  expect(outage.get()).toBeInstanceOf(TypeError)

  fetch.mockResolvedValueOnce(Response.json({}))
  await watchedFetch('/api/jobs')
  expect(outage.get()).toBeUndefined()
})

test('a full disk remains an outage while the server is only read from', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>()
  const { outage, watchedFetch } = createOutageWatch(fetch)

  fetch.mockResolvedValueOnce(failure(507, 'storage-full'))
  await watchedFetch('/api/captions', { method: 'POST' })
  fetch.mockResolvedValueOnce(Response.json({}))
  await watchedFetch('/api/jobs')
  expect(outage.get()?.message).toBe('In words.')

  fetch.mockResolvedValueOnce(Response.json({}))
  await watchedFetch('/api/captions', { method: 'POST' })
  expect(outage.get()).toBeUndefined()
})

test('a damaged image is no outage', async () => {
  const { outage, watchedFetch } = createOutageWatch(async () => failure(422, 'corrupt-image'))
  await watchedFetch('/api/captions', { method: 'POST' })
  expect(outage.get()).toBeUndefined()
})
