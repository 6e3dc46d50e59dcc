import { afterAll, beforeAll, expect, vi } from 'vitest'

/**
 * Files of the project `unit` share a process: what one of them changes in it would reach the next. Each
 * has to leave the process as it found it.
 */
let before: ReturnType<typeof describeProcess>
beforeAll(() => {
  before = describeProcess()
})
afterAll(() => {
  const after = describeProcess()
  vi.useRealTimers() // the files after this one are not to fail as well
  expect(after).toEqual(before)
})

const describeProcess = () => ({
  folder: process.cwd(),
  environment: { ...process.env },
  fetch: globalThis.fetch,
  hasFakeTimers: vi.isFakeTimers(),
  listeners: Object.fromEntries(
    ['SIGINT', 'SIGTERM', 'exit', 'uncaughtException', 'unhandledRejection'].map((name) => [
      name,
      process.listenerCount(name),
    ]),
  ),
})
