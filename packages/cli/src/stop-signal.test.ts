import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { untilStopped } from './stop-signal.ts'

const run = async (reason: unknown, work: () => Promise<number>) => {
  const stderr = new PassThrough()
  const stopped = { signal: AbortSignal.abort(reason), stderr, message: 'Stopped.' }
  const code = await untilStopped(stopped, work)
  stderr.end()
  return { code, said: await text(stderr) }
}

test('work that a signal ended says so, with the exit code of that signal', async () => {
  const work = () => Promise.reject('SIGINT')
  expect(await run('SIGINT', work)).toEqual({ code: 130, said: 'Stopped.\n' })
})

test('work that was done before the signal keeps its exit code', async () => {
  expect(await run('SIGTERM', async () => 1)).toEqual({ code: 1, said: '' })
})

test('other failures stay failures', async () => {
  const failure = new Error('broken')
  await expect(run('another reason', () => Promise.reject(failure))).rejects.toBe(failure)
})
