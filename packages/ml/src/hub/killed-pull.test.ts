import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { MODEL, modelBytes, openSampleHub, sha256 } from '../../test/fake-hub.ts'
import { findTeacher } from '../../test/find-teacher.ts'
import { pullFiles } from './pull-files.ts'

const request = { repository: 'owner/name', paths: [MODEL] }

test('what a killed process pulled is gone on with by the next', () =>
  killAndGoOn(modelBytes, { after: 200_000 }))

const teacher = findTeacher()

test.skipIf(!teacher)(
  'so are the first 9 of the 14 MB of a real network (needs DESCRY_TEST_TEACHER)',
  async () => killAndGoOn(await readFile(teacher!.classifier), { after: 9_000_000 }),
)

async function killAndGoOn(bytes: Buffer, { after }: { after: number }): Promise<void> {
  await using sample = await openSampleHub({ files: { [MODEL]: bytes } })
  const { hub, settings } = sample
  hub.faults.push({ kind: 'stall', after })
  const root = join(settings.folder, 'owner--name')

  const source = JSON.stringify(join(import.meta.dirname, 'pull-files.ts'))
  const given = [{ ...settings, sleep: undefined }, request].map((value) => JSON.stringify(value))
  const code = `import(${source}).then(({ pullFiles }) => pullFiles(${given.join(', ')}))`
  const child = spawn(process.execPath, ['-e', code], { stdio: 'inherit' })
  const part = join(root, 'parts', `${sha256(bytes)}.part`)
  await vi.waitFor(async () => expect((await stat(part)).size).toBe(after), 20_000)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await utimes(`${root}.lock`, 0, 0) // as if some time had gone by

  const { folder } = await pullFiles(settings, request)
  expect(sha256(await readFile(join(folder, MODEL)))).toBe(sha256(bytes))
  expect(hub.requests.at(-1)?.headers.range).toBe(`bytes=${after}-`)
}
