import { expect, test } from 'vitest'
import {
  CONFIG,
  gitSha1,
  MODEL,
  modelBytes,
  openSampleHub,
  sampleRepository,
  sha256,
} from '../../test/fake-hub.ts'
import { listRepository } from './list-repository.ts'

const repository = 'owner/name'

test('a repository has a commit, a licence, and files with a hash each', async () => {
  await using sample = await openSampleHub()
  const listing = await listRepository(sample.settings, { repository })
  expect(listing).toMatchObject({
    commit: sampleRepository.commit,
    licence: 'apache-2.0',
    gated: false,
  })
  expect(listing.files).toContainEqual({
    path: CONFIG,
    size: 13,
    sha256: null,
    gitSha1: gitSha1('{"size": 224}'),
  })
  expect(listing.files).toContainEqual({
    path: MODEL,
    size: modelBytes.length,
    sha256: sha256(modelBytes),
    gitSha1: null,
  })
  expect(listing.files).toHaveLength(3)
})

test('a list in pages is read to its end', async () => {
  const files = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`f${i}.txt`, `${i}`]))
  await using sample = await openSampleHub({ files }, { filesPerPage: 10 })
  const listing = await listRepository(sample.settings, { repository })
  expect(listing.files.map(({ path }) => path)).toEqual(Object.keys(files))
  expect(sample.hub.requests).toHaveLength(4)
})

test('a mirror may be behind a path, and every page is asked of it', async () => {
  await using sample = await openSampleHub({}, { prefix: '/hf/mirror', filesPerPage: 1 })
  const endpoint = `${sample.hub.endpoint}/`
  const listing = await listRepository({ ...sample.settings, endpoint }, { repository })
  expect(listing.files).toHaveLength(3)
  expect(sample.hub.requests.every(({ path }) => path.startsWith('/hf/mirror/api/'))).toBe(true)
})

test('a relative address of the next page is understood', async () => {
  await using sample = await openSampleHub({}, { filesPerPage: 1 })
  const relative: typeof fetch = async (url, init) => {
    const response = await fetch(url, init)
    const link = response.headers.get('link')?.replace(sample.hub.endpoint, '').replace('; ', ';')
    return new Response(await response.text(), { headers: link ? { link } : {} })
  }
  const settings = { ...sample.settings, fetch: relative }
  expect((await listRepository(settings, { repository })).files).toHaveLength(3)
})

test('a list without an end is given up', async () => {
  const link = '<https://huggingface.co/api/models/owner/name/tree/x?cursor=1>; rel="next"'
  const fetch = async (url: unknown) =>
    String(url).includes('/tree/')
      ? Response.json([], { headers: { link } })
      : Response.json({ id: 'x', sha: 'a'.repeat(40) })
  const failed = listRepository({ offline: false, folder: '', fetch }, { repository })
  await expect(failed).rejects.toMatchObject({
    code: 'bad-answer',
    message: expect.stringMatching(/no end/),
  })
})

test('a next page at another host is asked of our own', async () => {
  await using sample = await openSampleHub({}, { filesPerPage: 1 })
  const asked: string[] = []
  const elsewhere: typeof fetch = async (url, init) => {
    asked.push(new URL(String(url)).origin)
    const response = await fetch(url, init)
    const link = response.headers.get('link')?.replace(sample.hub.endpoint, 'https://evil.test')
    return new Response(await response.text(), { headers: link ? { link } : {} })
  }
  const settings = { ...sample.settings, fetch: elsewhere, token: 'secret' }
  expect((await listRepository(settings, { repository })).files).toHaveLength(3)
  expect(new Set(asked)).toEqual(new Set([sample.hub.endpoint]))
})

test.each(['../x', '/etc/passwd', 'a\\..\\x', 'a/../../x', 'x\0'])(
  'a repository with a file called %j is refused',
  async (path) => {
    await using sample = await openSampleHub({ files: { 'config.json': '{}', [path]: 'x' } })
    await expect(listRepository(sample.settings, { repository })).rejects.toMatchObject({
      code: 'bad-answer',
      message: expect.stringContaining(JSON.stringify(path)),
    })
  },
)

test.each([
  ['owner/other', {}, 'not-found', /owner\/other is not at .*Check the name/],
  ['owner/name', { revision: 'v9' }, 'not-found', /no such revision/],
  ['name', {}, 'bad-name', /owner\/name/],
  ['owner/name', { revision: '..' }, 'bad-name', /no revision/],
])('%s with %j is %s', async (repository, query, code, message) => {
  await using sample = await openSampleHub()
  const failed = listRepository(sample.settings, { repository, ...query })
  await expect(failed).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
})

test.each([
  ['<html>Log in to the network</html>', 'bad-answer'],
  ['{"sha": 7}', 'bad-answer'],
  ['null', 'bad-answer'],
])('an answer of %j is not taken for a hub', async (text, code) => {
  await using sample = await openSampleHub()
  const settings = { ...sample.settings, fetch: async () => new Response(text) }
  await expect(listRepository(settings, { repository })).rejects.toMatchObject({ code })
})

test('offline, nothing is asked', async () => {
  await using sample = await openSampleHub()
  const failed = listRepository({ ...sample.settings, offline: true }, { repository })
  await expect(failed).rejects.toMatchObject({ code: 'offline' })
  expect(sample.hub.requests).toEqual([])
})

test('nobody there is tried three times, then said', async () => {
  await using sample = await openSampleHub()
  await sample.hub[Symbol.asyncDispose]()
  await expect(listRepository(sample.settings, { repository })).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringMatching(/127\.0\.0\.1:\d+ failed \(ECONNREFUSED\)/),
  })
  expect(sample.waits).toHaveLength(2)
})

test.each([
  [{ license: 'mit' }, [], 'mit'],
  [{ license: ['mit', 'gpl-3.0'] }, [], 'mit, gpl-3.0'],
  [{ license: 'other', license_name: 'gemma' }, ['license:other'], 'gemma'],
  [undefined, ['onnx', 'license:cc-by-4.0'], 'cc-by-4.0'],
  [null, undefined, null],
])('card %j with tags %j has the licence %s', async (cardData, tags, licence) => {
  const info = { id: 'x', sha: 'a'.repeat(40), cardData, tags }
  const fetch = async (url: unknown) => Response.json(String(url).includes('/tree/') ? [] : info)
  const settings = { offline: false, folder: '', fetch }
  expect(await listRepository(settings, { repository })).toMatchObject({ licence, files: [] })
})
