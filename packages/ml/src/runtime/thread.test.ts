import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { connectThread } from './thread.ts'

const options = { device: 'cpu', threads: 1, spinning: false } as const
const onMessage = (code: string) =>
  new Worker(
    `const { parentPort } = require('node:worker_threads')
    parentPort.on('message', ({ call }) => { ${code} })`,
    {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    },
  )

test.each([
  ['exits', 'process.exit(3)', /died \(exit code 3\)/],
  ['throws', "throw new Error('a bug')", /died \(a bug\)/],
  ['runs out of memory', 'const all = []; for (;;) all.push(new Array(1e5).fill({}))', /memory/],
])('a thread that %s rejects what waits and what comes later', async (_case, code, message) => {
  const thread = connectThread(onMessage(code))
  const waiting = await Promise.allSettled([
    thread.ask('start', options),
    thread.ask('start', options),
  ])
  for (const result of waiting) {
    expect(result).toMatchObject({ reason: { code: 'thread-died', message } })
  }
  await expect(thread.ask('start', options)).rejects.toMatchObject({ code: 'thread-died' })
  await thread.end()
})

test('a failure of the thread arrives with its code, message and cause', async () => {
  const failure = "{ code: 'run-failed', message: 'No.', cause: new RangeError('idx=7') }"
  const thread = connectThread(onMessage(`parentPort.postMessage({ call, failure: ${failure} })`))
  await expect(thread.ask('start', options)).rejects.toMatchObject({
    name: 'RuntimeFailure',
    code: 'run-failed',
    message: 'No.',
    cause: { message: 'idx=7' },
  })
  await thread.end()
})

test('the end waits for what was asked before', async () => {
  const thread = connectThread(
    onMessage('setTimeout(() => parentPort.postMessage({ call, answer: undefined }), 50)'),
  )
  const asked = thread.ask('start', options)
  const ended = thread.end()
  await expect(thread.ask('start', options)).rejects.toMatchObject({ code: 'disposed' })
  await expect(asked).resolves.toBeUndefined()
  await ended
})
