import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONFIG, openSampleHub, sampleRepository } from '../../test/fake-hub.ts'
import { findPulled, listPulled } from './find-pulled.ts'
import { pullFiles } from './pull-files.ts'

const repository = 'owner/name'
const { commit } = sampleRepository

test.each([
  [undefined, true],
  ['main', true],
  [commit, true],
  ['v2', false],
])('of revision %s what was pulled is found: %s', async (revision, found) => {
  await using sample = await openSampleHub()
  await pullFiles(sample.settings, { repository, paths: [CONFIG] })
  const pulled = await findPulled(sample.settings, repository, revision)
  expect(pulled !== undefined).toBe(found)
  if (pulled) expect(pulled).toMatchObject({ repository, commit, licence: 'apache-2.0' })
  if (pulled) expect(pulled.files.map(({ path }) => path)).toEqual([CONFIG])
})

test('nothing is found where nothing was pulled', async () => {
  await using sample = await openSampleHub()
  expect(await findPulled(sample.settings, repository)).toBeUndefined()
  expect(await listPulled(sample.settings)).toEqual([])
  expect(await listPulled({ folder: join(sample.settings.folder, 'no') })).toEqual([])
})

test('all repositories are listed by name, and other folders are not', async () => {
  await using sample = await openSampleHub()
  sample.hub.repositories['a/b'] = sampleRepository
  await pullFiles(sample.settings, { repository, paths: [CONFIG] })
  await pullFiles(sample.settings, { repository: 'a/b', paths: [CONFIG] })
  for (const name of ['notes', 'a--b--c', '.cache']) {
    await mkdir(join(sample.settings.folder, name))
  }
  const names = (await listPulled(sample.settings)).map(({ repository }) => repository)
  expect(names).toEqual(['a/b', repository])
})

test.each([
  ['no JSON', '{'],
  ['a path that leads out', JSON.stringify({ files: [{ path: '../../x' }] })],
])('a manifest with %s is damaged, and the message names it', async (_case, text) => {
  await using sample = await openSampleHub()
  const root = join(sample.settings.folder, 'owner--name')
  await mkdir(root)
  await writeFile(join(root, 'manifest.json'), text)
  await expect(findPulled(sample.settings, repository)).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringMatching(/manifest\.json is damaged.*Pull the repository again/),
  })
})

test.each(['../x', 'a', 'a/../b'])('%s is no name to look for', async (name) => {
  await expect(findPulled({ folder: '/tmp' }, name)).rejects.toMatchObject({ code: 'bad-name' })
})
