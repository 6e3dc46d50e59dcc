import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONFIG, MODEL, modelBytes, openSampleHub, sha256 } from '../../test/fake-hub.ts'
import { type PullRequest, pullFiles } from './pull-files.ts'

const repository = 'owner/name'
const both = { repository, paths: [MODEL, CONFIG] } satisfies PullRequest

test.each([MODEL, CONFIG])('other bytes of the same size for %s are deleted', async (path) => {
  await using sample = await openSampleHub()
  const bytes = Buffer.alloc(path === MODEL ? modelBytes.length : 13)
  sample.hub.faults.push({ kind: 'other-bytes', bytes })
  const request = { repository, paths: [path] }
  await expect(pullFiles(sample.settings, request)).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringMatching(/was deleted\. Pull again/),
  })
  const root = join(sample.settings.folder, 'owner--name')
  expect((await readdir(root, { recursive: true })).toSorted()).toEqual(['manifest.json', 'parts'])
  await pullFiles(sample.settings, request)
})

test('offline, what is missing is named', async () => {
  await using sample = await openSampleHub()
  await pullFiles(sample.settings, { repository, paths: [CONFIG] })
  sample.hub.requests.length = 0
  await expect(pullFiles({ ...sample.settings, offline: true }, both)).rejects.toMatchObject({
    code: 'offline',
    message: expect.stringMatching(/^onnx\/model\.onnx of owner\/name \(main\) .*copy .* here\.$/),
  })
  expect(sample.hub.requests).toEqual([])
})

test('a gated repository needs the right token, and says where to ask for it', async () => {
  await using sample = await openSampleHub({ gatedFor: 'hf_right' })
  const pull = (token?: string) => pullFiles({ ...sample.settings, token }, both)
  await expect(pull()).rejects.toMatchObject({
    code: 'gated',
    message: expect.stringMatching(/no token is given\. Ask for access at .*owner\/name, then/),
  })
  await expect(pull('hf_wrong')).rejects.toMatchObject({
    code: 'gated',
    message: expect.stringMatching(/this token has no access/),
  })
  expect((await pull('hf_right')).files).toHaveLength(2)
})

test.each([
  [{ paths: ['onnx/model_q4.onnx', CONFIG] }, /has no onnx\/model_q4\.onnx at/],
  [{ filter: () => false }, /no file that is asked for/],
])('%j is not found', async (selection, message) => {
  await using sample = await openSampleHub()
  const failed = pullFiles(sample.settings, { repository, ...selection })
  await expect(failed).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringMatching(message),
  })
})

test('a full disk is said', async () => {
  await using sample = await openSampleHub()
  const parts = join(sample.settings.folder, 'owner--name', 'parts')
  await mkdir(parts, { recursive: true })
  await symlink('/dev/full', join(parts, `${sha256(modelBytes)}.part`))
  await expect(pullFiles(sample.settings, both)).rejects.toMatchObject({
    code: 'no-space',
    message: expect.stringMatching(/is full\. Make room and pull again/),
  })
})

test('a folder that is a file is said', async () => {
  await using sample = await openSampleHub()
  const folder = join(sample.settings.folder, 'file')
  await writeFile(folder, '')
  const failed = pullFiles({ ...sample.settings, folder }, both)
  await expect(failed).rejects.toMatchObject({ code: 'not-written' })
})
