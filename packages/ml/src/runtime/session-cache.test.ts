import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { add } from '../graph/operators/arithmetic.ts'
import { input, scalar } from '../graph/tensor.ts'
import { writeOnnx } from '../graph/write-onnx.ts'
import { openRuntime, type Runtime } from './runtime.ts'
import type { Session } from './session.ts'
import { createSessionCache } from './session-cache.ts'

let runtime: Runtime
beforeAll(async () => {
  runtime = await openRuntime({ threads: 1 })
})
afterAll(() => runtime.dispose())

const builder = (n: number) =>
  vi.fn(() => writeOnnx({ outputs: { sum: add(input('x', [1]), scalar(n)) } }))
const run = async (session: Session) => {
  const { outputs } = await session.run({ x: { data: Float32Array.of(0), shape: [1] } })
  return outputs.sum!.data[0]
}

test('a key is compiled once, also for two who ask at the same time', async () => {
  const cache = createSessionCache(runtime, { maxSessions: 2 })
  const build = builder(5)
  expect(await Promise.all([cache.use('5', build, run), cache.use('5', build, run)])).toEqual([
    5, 5,
  ])
  expect(await cache.use('5', build, run)).toBe(5)
  expect(build).toHaveBeenCalledOnce()
  await cache.dispose()
})

test('the session used least recently makes room', async () => {
  const cache = createSessionCache(runtime, { maxSessions: 2 })
  const [one, two, three] = [builder(1), builder(2), builder(3)]
  const sessions: Session[] = []
  const keep = async (session: Session) => sessions.push(session)
  await cache.use('1', one, keep)
  await cache.use('2', two, keep)
  await cache.use('1', one, run)
  await cache.use('3', three, run)
  await expect(run(sessions[1]!)).rejects.toMatchObject({ code: 'disposed' })
  expect(await run(sessions[0]!)).toBe(1)
  await cache.use('2', two, run)
  expect(one).toHaveBeenCalledOnce()
  expect(two).toHaveBeenCalledTimes(2)
  await cache.dispose()
})

test('a session in use stays, however many others are asked for', async () => {
  const cache = createSessionCache(runtime, { maxSessions: 1 })
  const sum = await cache.use('1', builder(1), async (session) => {
    await cache.use('2', builder(2), run)
    await cache.use('3', builder(3), run)
    return run(session)
  })
  expect(sum).toBe(1)
  await cache.dispose()
})

test('a graph that could not be compiled is tried again', async () => {
  const cache = createSessionCache(runtime, { maxSessions: 1 })
  const broken = vi.fn(() => new Uint8Array([1, 2, 3]))
  await expect(cache.use('1', broken, run)).rejects.toMatchObject({ code: 'model-rejected' })
  expect(await cache.use('1', builder(1), run)).toBe(1)
  await cache.dispose()
})

test('a disposed cache gives its sessions back and refuses work', async () => {
  const cache = createSessionCache(runtime, { maxSessions: 1 })
  const session = await cache.use('1', builder(1), async (used) => used)
  await cache.dispose()
  await expect(run(session)).rejects.toMatchObject({ code: 'disposed' })
  await expect(cache.use('1', builder(1), run)).rejects.toMatchObject({ code: 'disposed' })
})
