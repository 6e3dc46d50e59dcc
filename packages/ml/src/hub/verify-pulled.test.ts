import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONFIG, MODEL, modelBytes, openSampleHub } from '../../test/fake-hub.ts'
import { pullFiles } from './pull-files.ts'
import type { FileProgress } from './track-progress.ts'
import { verifyPulled } from './verify-pulled.ts'

const repository = 'owner/name'

test('files are ok, damaged or missing, each by name', async () => {
  await using sample = await openSampleHub()
  const { folder } = await pullFiles(sample.settings, { repository })
  const other = Buffer.from(modelBytes)
  other[200_000] ^= 1
  await writeFile(join(folder, MODEL), other)
  await rm(join(folder, CONFIG))
  expect(await verifyPulled(sample.settings, repository)).toEqual([
    { path: '.gitattributes', state: 'ok' },
    { path: CONFIG, state: 'missing' },
    { path: MODEL, state: 'damaged' },
  ])
})

test('progress ends with everything', async () => {
  await using sample = await openSampleHub()
  await pullFiles(sample.settings, { repository, paths: [MODEL] })
  const seen: FileProgress[] = []
  await verifyPulled(sample.settings, repository, {
    onProgress: (progress) => seen.push(progress),
  })
  const total = modelBytes.length
  expect(seen.at(-1)).toEqual({ path: MODEL, done: total, total, filesDone: 1, filesTotal: 1 })
})

test('what was not pulled cannot be verified', async () => {
  await using sample = await openSampleHub()
  await expect(verifyPulled(sample.settings, repository)).rejects.toMatchObject({
    code: 'not-found',
  })
})
