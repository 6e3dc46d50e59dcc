import { type MessagePort, parentPort } from 'node:worker_threads'
import { createEngine, type Engine } from './engine.ts'
import type { SessionRequest, SessionResponse } from './messages.ts'
import { RuntimeFailure } from './runtime-failure.ts'
import type { TensorValue } from './tensor-value.ts'

/** The thread: answers one question after the other. */
function serve(port: MessagePort): void {
  let engine: Engine | undefined
  let last = Promise.resolve()

  port.on('message', (question: SessionRequest) => {
    last = last.then(async () => {
      const { call } = question
      try {
        const { answer, buffers = [] } = await respond(question)
        port.postMessage({ call, answer } satisfies SessionResponse, buffers)
      } catch (error) {
        port.postMessage({ call, failure: describe(error) } satisfies SessionResponse)
      }
    })
  })

  async function respond({ name, ask }: SessionRequest) {
    if (name === 'start') {
      engine = await createEngine(ask)
      return { answer: undefined }
    }
    if (name === 'open') return { answer: await engine!.open(ask) }
    if (name === 'hold') return { answer: await engine!.hold(ask) }
    if (name === 'forget') return { answer: await engine!.forget(ask) }
    if (name === 'close') return { answer: await engine!.close(ask) }
    const answer = await engine!.run(ask)
    return { answer, buffers: [...buffersOf(answer.outputs), ...buffersOf(answer.feeds)] }
  }
}

/** All arrays here have buffers of their own: those that came by message, and those of new outputs. */
const buffersOf = (values: Record<string, TensorValue>): ArrayBuffer[] =>
  Object.values(values).map(({ data }) => data.buffer as ArrayBuffer)

function describe(error: unknown) {
  const { message, cause } = error as Error
  if (error instanceof RuntimeFailure) return { code: error.code, message, cause }
  const text = `The model failed while it computed: ${message}`
  return { code: 'run-failed' as const, message: text, cause: error }
}

if (parentPort) serve(parentPort)
