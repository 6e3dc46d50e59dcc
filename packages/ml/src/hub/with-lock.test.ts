import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { withLock } from './with-lock.ts'

const never = new AbortController().signal

test('one works, the others wait', async () => {
  await using folder = await temporaryFolder()
  const seen: string[] = []
  const work = (name: string) =>
    withLock(join(folder.path, 'lock'), never, async () => {
      seen.push(name)
      await new Promise((resolve) => setTimeout(resolve, 50))
      seen.push(name)
    })
  await Promise.all([work('a'), work('b'), work('c')])
  for (const i of [0, 2, 4]) expect(seen[i]).toBe(seen[i + 1])
  expect(await readdir(folder.path)).toEqual([])
})

test('work that fails frees the lock', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'lock')
  const failed = withLock(path, never, async () => {
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await withLock(path, never, async () => 'done')).toBe('done')
})

test('the lock of a process that is gone is taken', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'lock')
  await writeFile(path, '')
  const old = new Date(Date.now() - 31_000)
  await utimes(path, old, old)
  expect(await withLock(path, never, async () => 'done')).toBe('done')
})

test('an abort ends the waiting', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'lock')
  await writeFile(path, '')
  const controller = new AbortController()
  const waiting = withLock(path, controller.signal, async () => 'done')
  setTimeout(() => controller.abort(new Error('enough')), 50)
  await expect(waiting).rejects.toThrow('enough')
  expect(await readdir(folder.path)).toEqual(['lock'])
})

test('who loses the lock to another hears of it, and leaves it to the other', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'lock')
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const working = withLock(path, never, async (signal) => {
      await rm(path)
      await writeFile(path, 'of another')
      vi.advanceTimersByTime(5_000)
      await once(signal, 'abort')
      signal.throwIfAborted()
    })
    await expect(working).rejects.toMatchObject({ code: 'not-written' })
  } finally {
    vi.useRealTimers()
  }
  expect(await readFile(path, 'utf8')).toBe('of another')
})

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'descry-lock-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
