import { expect, test } from 'vitest'
import { HubError, type HubErrorCode } from './hub-error.ts'
import { withRetries } from './with-retries.ts'

const never = new AbortController().signal

/** Fails with these, one after the other, then gives 'done'. */
function failing(...errors: Error[]) {
  const waits: number[] = []
  const sleep = async (ms: number) => void waits.push(ms)
  const work = async () => {
    const error = errors.shift()
    if (error) throw error
    return 'done'
  }
  return { waits, run: (signal = never) => withRetries({ sleep }, signal, work) }
}
const fail = (code: HubErrorCode, retryAfterMs?: number) =>
  new HubError(code, code, { retryAfterMs })

test('two failures are waited out, longer each time', async () => {
  const { waits, run } = failing(fail('unreachable'), fail('unreachable'))
  expect(await run()).toBe('done')
  expect(waits).toEqual([500, 2000])
})

test('the third failure is thrown', async () => {
  const { run } = failing(fail('unreachable'), fail('unreachable'), fail('unreachable'))
  await expect(run()).rejects.toMatchObject({ code: 'unreachable' })
})

test.each(['not-found', 'gated', 'damaged', 'no-space', 'bad-answer'] as const)(
  '%s is not tried again',
  async (code) => {
    const { waits, run } = failing(fail(code))
    await expect(run()).rejects.toMatchObject({ code })
    expect(waits).toEqual([])
  },
)

test('the wait is as long as the hub asks', async () => {
  const { waits, run } = failing(fail('unreachable', 7000))
  await run()
  expect(waits).toEqual([7000])
})

test('who asks for more than a minute is not waited for', async () => {
  const { waits, run } = failing(fail('unreachable', 172_000))
  await expect(run()).rejects.toMatchObject({ retryAfterMs: 172_000 })
  expect(waits).toEqual([])
})

test('an abort ends the wait at once, with its reason', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const running = withRetries({}, controller.signal, async () => {
    setTimeout(() => controller.abort(reason))
    throw fail('unreachable', 50_000)
  })
  await expect(running).rejects.toBe(reason)
})
