import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TrainingError } from '../training-error.ts'
import { lockRun } from './lock-run.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('two trainings in one folder: the second is refused, until the first ends', async () => {
  const first = await lockRun(folder)
  await expect(lockRun(folder)).rejects.toBeInstanceOf(TrainingError)
  await expect(lockRun(folder)).rejects.toThrow(/Another training writes to/)
  first[Symbol.dispose]()
  const second = await lockRun(folder)
  second[Symbol.dispose]()
})

test('drafts that a killed training left are taken away, and nothing else', async () => {
  for (const name of [
    '.checkpoint.1a2b.tmp',
    '.model.json.77.tmp',
    'checkpoint.bin',
    'notes.tmp',
  ]) {
    await writeFile(join(folder, name), 'x')
  }
  using _lock = await lockRun(folder)
  expect((await readdir(folder)).sort()).toEqual(['.lock', 'checkpoint.bin', 'notes.tmp'])
})
