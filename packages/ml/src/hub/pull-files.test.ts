import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONFIG, MODEL, modelBytes, openSampleHub, sampleRepository } from '../../test/fake-hub.ts'
import { type PullRequest, pullFiles } from './pull-files.ts'
import type { FileProgress } from './track-progress.ts'

const repository = 'owner/name'
const both = { repository, paths: [MODEL, CONFIG] } satisfies PullRequest

test('files come to the folder under their paths, and nothing else is left', async () => {
  await using sample = await openSampleHub()
  const pulled = await pullFiles(sample.settings, both)
  expect(pulled).toMatchObject({ commit: sampleRepository.commit, licence: 'apache-2.0' })
  expect(pulled.files.map(({ path }) => path)).toEqual([CONFIG, MODEL])
  expect(await readFile(join(pulled.folder, MODEL))).toEqual(modelBytes)
  expect(await readFile(join(pulled.folder, CONFIG), 'utf8')).toBe('{"size": 224}')
  expect(pulled.folder).toBe(join(sample.settings.folder, 'owner--name', 'files'))
  expect(await readdir(sample.settings.folder, { recursive: true })).toHaveLength(6)
})

test.each<[string, Partial<PullRequest>]>([
  ['the same', both],
  ['one of them', { paths: [CONFIG] }],
  ['a filter', { filter: ({ path }) => path === MODEL }],
  ['the commit', { ...both, revision: sampleRepository.commit }],
])('a second pull of %s asks for nothing', async (_case, request) => {
  await using sample = await openSampleHub()
  await pullFiles(sample.settings, both)
  sample.hub.requests.length = 0
  await pullFiles({ ...sample.settings, offline: true }, { repository, ...request })
  await pullFiles(sample.settings, { repository, ...request })
  expect(sample.hub.requests).toEqual([])
})

test('without a selection all files come, and those that are there are not asked for', async () => {
  await using sample = await openSampleHub()
  await pullFiles(sample.settings, both)
  sample.hub.requests.length = 0
  const pulled = await pullFiles(sample.settings, { repository })
  expect(pulled.files).toHaveLength(3)
  expect(sample.hub.requests.every(({ path }) => path.endsWith('.gitattributes'))).toBe(true)
})

test('a pull that was broken off goes on with what is there', async () => {
  await using sample = await openSampleHub()
  const { hub, settings } = sample
  for (const after of [1000, 2000, 123_456]) hub.faults.push({ kind: 'cut', after })
  const request = { repository, paths: [MODEL] }
  await expect(pullFiles(settings, request)).rejects.toMatchObject({ code: 'unreachable' })
  hub.requests.length = 0
  const { folder } = await pullFiles(settings, request)
  expect(await readFile(join(folder, MODEL))).toEqual(modelBytes)
  expect(hub.requests.map(({ headers }) => headers.range)).toEqual([
    'bytes=123456-',
    'bytes=123456-',
  ])
})

test('progress begins with what is there, grows, and ends with everything', async () => {
  await using sample = await openSampleHub()
  await pullFiles(sample.settings, { repository, paths: [CONFIG] })
  const seen: FileProgress[] = []
  await pullFiles(sample.settings, { ...both, onProgress: (progress) => seen.push(progress) })
  const total = modelBytes.length + 13
  expect(seen[0]).toEqual({ path: MODEL, done: 13, total, filesDone: 1, filesTotal: 2 })
  expect(seen.at(-1)).toEqual({ path: MODEL, done: total, total, filesDone: 2, filesTotal: 2 })
  const done = seen.map((progress) => progress.done)
  expect(done).toEqual(done.toSorted((a, b) => a - b))
})

test('a mirror behind a path gives the same files', async () => {
  await using sample = await openSampleHub({}, { prefix: '/hf' })
  const { folder } = await pullFiles(sample.settings, both)
  expect(await readFile(join(folder, MODEL))).toEqual(modelBytes)
})

test('two pulls at once make the same files, and bring each byte once', async () => {
  await using sample = await openSampleHub()
  const [one, two] = await Promise.all([
    pullFiles(sample.settings, both),
    pullFiles(sample.settings, both),
  ])
  expect(one).toEqual(two)
  expect(await readFile(join(one.folder, MODEL))).toEqual(modelBytes)
  expect(sample.hub.requests.filter(({ host }) => host === 'cdn')).toHaveLength(1)
})

test('an abort keeps what came, and frees the repository', async () => {
  await using sample = await openSampleHub()
  const controller = new AbortController()
  const reason = new Error('enough')
  const onProgress = ({ path }: FileProgress) => {
    if (path === MODEL) controller.abort(reason)
  }
  const { signal } = controller
  await expect(pullFiles(sample.settings, { ...both, signal, onProgress })).rejects.toBe(reason)
  expect(await readdir(sample.settings.folder)).toEqual(['owner--name'])
  expect((await pullFiles(sample.settings, both)).files).toHaveLength(2)
})

test('a refresh brings what changed, and removes what is gone', async () => {
  await using sample = await openSampleHub()
  const { folder } = await pullFiles(sample.settings, { repository })
  const files = { [CONFIG]: '{"size": 384}', [MODEL]: modelBytes }
  const commit = 'beef'.padEnd(40, '0')
  sample.hub.repositories[repository] = { ...sampleRepository, commit, files }
  expect((await pullFiles(sample.settings, { repository })).commit).toBe(sampleRepository.commit)

  const fresh = await pullFiles(sample.settings, { ...both, refresh: true })
  expect(fresh.commit).toBe(commit)
  expect(await readFile(join(folder, CONFIG), 'utf8')).toBe('{"size": 384}')
  expect((await readdir(folder)).toSorted()).toEqual(['onnx', CONFIG])
  expect(sample.hub.requests.filter(({ host }) => host === 'cdn')).toHaveLength(1)
})

test.each<[string, (path: string) => Promise<void>, Partial<PullRequest>]>([
  ['is gone', (path) => rm(path), {}],
  ['is cut off', (path) => truncate(path, 7), {}],
  ['has other bytes', (path) => writeFile(path, '{"size": 225}'), { verify: true }],
])('a file that %s is brought again', async (_case, harm, more) => {
  await using sample = await openSampleHub()
  const { folder } = await pullFiles(sample.settings, both)
  await harm(join(folder, CONFIG))
  await pullFiles(sample.settings, { ...both, ...more })
  expect(await readFile(join(folder, CONFIG), 'utf8')).toBe('{"size": 224}')
})

test('a lost or broken manifest is made anew, and files that are whole stay', async () => {
  await using sample = await openSampleHub()
  const { folder } = await pullFiles(sample.settings, both)
  const { ino } = await stat(join(folder, MODEL))
  await writeFile(join(folder, '..', 'manifest.json'), '{"format":')
  await pullFiles(sample.settings, both)
  expect((await stat(join(folder, MODEL))).ino).toBe(ino)
  expect(sample.hub.requests.filter(({ host }) => host === 'cdn')).toHaveLength(1)
})
