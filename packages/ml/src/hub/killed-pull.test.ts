import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { MODEL, modelBytes, openSampleHub, sha256 } from '../../test/fake-hub.ts'
import { pullFiles } from './pull-files.ts'

const request = { repository: 'owner/name', paths: [MODEL] }

test('what a killed process pulled is gone on with by the next', async () => {
  await using sample = await openSampleHub()
  const { hub, settings } = sample
  hub.faults.push({ kind: 'stall', after: 200_000 })
  const root = join(settings.folder, 'owner--name')

  const source = JSON.stringify(join(import.meta.dirname, 'pull-files.ts'))
  const given = [{ ...settings, sleep: undefined }, request].map((value) => JSON.stringify(value))
  const code = `import(${source}).then(({ pullFiles }) => pullFiles(${given.join(', ')}))`
  const child = spawn(process.execPath, ['-e', code], { stdio: 'inherit' })
  const part = join(root, 'parts', `${sha256(modelBytes)}.part`)
  await vi.waitFor(async () => expect((await stat(part)).size).toBe(200_000), 20_000)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await utimes(`${root}.lock`, 0, 0) // as if some time had gone by

  const { folder } = await pullFiles(settings, request)
  expect(await readFile(join(folder, MODEL))).toEqual(modelBytes)
  expect(hub.requests.at(-1)?.headers.range).toBe('bytes=200000-')
})
