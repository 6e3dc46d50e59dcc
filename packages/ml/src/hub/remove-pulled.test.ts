import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openSampleHub } from '../../test/fake-hub.ts'
import { pullFiles } from './pull-files.ts'
import { removePulled } from './remove-pulled.ts'

const repository = 'owner/name'

test('all of a repository goes, parts too', async () => {
  await using sample = await openSampleHub()
  for (const after of [0, 1000, 2000, 3000]) sample.hub.faults.push({ kind: 'cut', after })
  await pullFiles(sample.settings, { repository }).catch(() => {})
  await removePulled(sample.settings, repository)
  expect(await readdir(sample.settings.folder)).toEqual([])
})

test('what is not there cannot be removed', async () => {
  await using sample = await openSampleHub()
  await expect(removePulled(sample.settings, repository)).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringMatching(/^Nothing of owner\/name is in /),
  })
})
