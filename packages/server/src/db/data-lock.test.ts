import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { DataFolderInUse, takeDataLock } from './data-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'descry-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Another process that takes the lock and keeps it. */
async function holder() {
  const script = `
    import { takeDataLock } from ${JSON.stringify(join(import.meta.dirname, 'data-lock.ts'))}
    takeDataLock(${JSON.stringify(folder)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(child.stdout, 'data')
  return child
}

test('a second process is refused with the name of the first, until that one dies', async () => {
  const child = await holder()
  expect(() => takeDataLock(folder)).toThrow(DataFolderInUse)
  expect(() => takeDataLock(folder)).toThrow(`process ${child.pid}`)

  child.kill('SIGKILL')
  await once(child, 'exit')
  takeDataLock(folder).release()
})

test('a lock that was released can be taken again', () => {
  takeDataLock(folder).release()
  takeDataLock(folder).release()
})
