import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { add } from '../graph/operators/arithmetic.ts'
import { matmul } from '../graph/operators/matmul.ts'
import { input, scalar } from '../graph/tensor.ts'
import { writeOnnx } from '../graph/write-onnx.ts'
import { openRuntime } from './runtime.ts'
import type { Session } from './session.ts'

const addOne = writeOnnx({ outputs: { sum: add(input('x', [2]), scalar(1)) } })
const pair = (...values: number[]) => ({ data: Float32Array.from(values), shape: [values.length] })

test('timers fire while a model computes', async () => {
  await using runtime = await openRuntime({ threads: 1 })
  const session = await runtime.openSession(slowModel())
  let ticks = 0
  const timer = setInterval(() => ticks++, 5)
  await session.run({ x: { data: new Float32Array(768 * 768), shape: [768, 768] } })
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(2)
})

test('two sessions of one runtime answer in the order of the runs', async () => {
  await using runtime = await openRuntime()
  const slow = await runtime.openSession(slowModel())
  const fast = await runtime.openSession(addOne)
  expect(await race(slow, fast)).toEqual(['slow', 'fast'])
})

test('a runtime does not wait for another one', async () => {
  await using busy = await openRuntime({ threads: 1 })
  await using free = await openRuntime({ threads: 1 })
  const slow = await busy.openSession(slowModel())
  const fast = await free.openSession(addOne)
  expect(await race(slow, fast)).toEqual(['fast', 'slow'])
})

test.each([
  ['coreml', process.platform === 'darwin', 'macOS'],
  ['dml', process.platform === 'win32', 'Windows'],
] as const)('the absence of %s is said, with the way out', async (device, present, where) => {
  if (present) return
  await expect(openRuntime({ device })).rejects.toMatchObject({
    code: 'device-absent',
    message: expect.stringMatching(new RegExp(`device ${device} is absent here.*${where}`)),
  })
})

test.each([
  ['cuda', '--onnxruntime-node-install'],
  ['webgpu', 'Vulkan'],
] as const)('%s computes, or its absence is said with the way out', async (device, wayOut) => {
  const runtime = await openRuntime({ device }).catch((error: unknown) => {
    expect(error).toMatchObject({
      code: 'device-absent',
      message: expect.stringContaining(wayOut),
    })
  })
  if (!runtime) return
  const session = await runtime.openSession(addOne)
  const { outputs } = await session.run({ x: pair(1, 2) })
  expect(outputs).toEqual({ sum: pair(2, 3) })
  await runtime.dispose()
})

test('dispose answers the runs asked for before, and refuses those after', async () => {
  const runtime = await openRuntime()
  const session = await runtime.openSession(addOne)
  const asked = session.run({ x: pair(1, 2) })
  const gone = runtime.dispose()
  await expect(session.run({ x: pair(1, 2) })).rejects.toMatchObject({ code: 'disposed' })
  await expect(runtime.openSession(addOne)).rejects.toMatchObject({ code: 'disposed' })
  expect((await asked).outputs).toEqual({ sum: pair(2, 3) })
  await gone
  await runtime.dispose()
  await session.dispose()
})

test('sessions give their memory back', async () => {
  await using runtime = await openRuntime()
  const model = tenMegabytes()
  const cycle = async () => {
    const session = await runtime.openSession(model)
    await session.run({ x: { data: new Float32Array(1600), shape: [1, 1600] } })
    await session.dispose()
  }
  for (let i = 0; i < 10; i++) await cycle()
  const before = process.memoryUsage.rss()
  for (let i = 0; i < 30; i++) await cycle()
  expect(process.memoryUsage.rss() - before).toBeLessThan(60e6)
}, 60_000)

test('runtimes give their memory back', async () => {
  const model = tenMegabytes()
  const cycle = async () => {
    await using runtime = await openRuntime()
    const session = await runtime.openSession(model)
    await session.run({ x: { data: new Float32Array(1600), shape: [1, 1600] } })
  }
  for (let i = 0; i < 5; i++) await cycle()
  const before = process.memoryUsage.rss()
  for (let i = 0; i < 15; i++) await cycle()
  expect(process.memoryUsage.rss() - before).toBeLessThan(60e6)
}, 60_000)

test('many runs do not grow the process', async () => {
  await using runtime = await openRuntime()
  const session = await runtime.openSession(addOne)
  const run = () => session.run({ x: pair(1, 2) })
  for (let i = 0; i < 500; i++) await run()
  const before = process.memoryUsage.rss()
  for (let i = 0; i < 2000; i++) await run()
  expect(process.memoryUsage.rss() - before).toBeLessThan(50e6)
})

test('an idle runtime lets the process end, and a run under way does not', async () => {
  const script = `
    import { openRuntime } from ${JSON.stringify(new URL('./runtime.ts', import.meta.url).href)}
    const runtime = await openRuntime({ threads: 1 })
    const session = await runtime.openSession(Buffer.from(process.argv[1], 'base64'))
    session.run({ x: { data: Float32Array.of(1, 2), shape: [2] } })
      .then(({ outputs }) => console.log(outputs.sum.data.join()))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script, Buffer.from(addOne).toString('base64')],
    { timeout: 20_000 },
  )
  expect(stdout).toBe('2,3\n')
})

/** A few hundred milliseconds on one core. */
function slowModel(): Uint8Array {
  let product = input('x', [768, 768])
  for (let i = 0; i < 30; i++) product = matmul(product, product)
  return writeOnnx({ outputs: { product } })
}

function tenMegabytes(): Uint8Array {
  const weights = new Map([['w', new Float32Array(1600 * 1600).fill(0.01)]])
  const product = matmul(input('x', [1, 1600]), input('w', [1600, 1600]))
  return writeOnnx({ outputs: { product }, values: weights })
}

/** Asks both, the slow one first; names them in the order of their answers. */
async function race(slow: Session, fast: Session): Promise<string[]> {
  const order: string[] = []
  await Promise.all([
    slow
      .run({ x: { data: new Float32Array(768 * 768), shape: [768, 768] } })
      .then(() => order.push('slow')),
    fast.run({ x: pair(1, 2) }).then(() => order.push('fast')),
  ])
  return order
}
