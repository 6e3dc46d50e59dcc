import { afterAll, beforeAll, expect, vi } from 'vitest'

/**
 * Files of the project `unit` share a process: what one of them changes in it would reach the next. Each
 * has to leave the process as it found it.
 */
let before: Record<string, unknown>
beforeAll(() => {
  before = describeProcess()
})
afterAll(() => {
  const after = describeProcess()
  vi.useRealTimers() // the files after this one are not to fail as well
  const names = Object.keys({ ...before, ...after })
  expect(names.filter((name) => before[name] !== after[name])).toEqual([])
})

const describeProcess = (): Record<string, unknown> => ({
  'the working folder': process.cwd(),
  'timers are fake': vi.isFakeTimers(),
  fetch: globalThis.fetch,
  ...Object.fromEntries(
    Object.entries(process.env)
      .filter(([name]) => !setLate.includes(name))
      .map(([name, value]) => [`environment: ${name}`, value]),
  ),
  ...Object.fromEntries(
    signals.map((name) => [`listeners of ${name}`, process.listenerCount(name)]),
  ),
})

/** Set once, when libvips is loaded and before ONNX Runtime is, which may be late. */
const setLate = ['VIPSHOME', 'ORT_DISABLE_TELEMETRY']

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
