import type { Worker } from 'node:worker_threads'
import { VlmError } from './vlm-error.ts'
import type {
  VlmCaption,
  VlmImage,
  VlmLoading,
  VlmRequest,
  VlmThreadRequest,
  VlmThreadResponse,
} from './vlm-messages.ts'

export type VlmThread = {
  load(loading: VlmLoading): Promise<void>
  /** Captions one after the other. One that is aborted fails at once; the thread stops at its next word. */
  caption(image: VlmImage, request: VlmRequest, signal: AbortSignal): Promise<VlmCaption>
  /** Refuses new questions, and ends the thread once it has answered those before. */
  end(): Promise<void>
}

/**
 * Questions to a worker thread as promises; its end is a failure of all that wait. A thread that works
 * keeps the process alive, and is not ended before it is done, also with what was aborted: ended inside
 * ONNX Runtime (1.30) it takes the whole process with it.
 */
export function connectVlmThread(worker: Worker): VlmThread {
  const open = new Map<number, PromiseWithResolvers<VlmCaption | undefined>>()
  let idle = Promise.withResolvers<void>()
  let lastCall = 0
  const exit = Promise.withResolvers<void>()
  let gone = false
  let ended: VlmError | undefined
  worker.unref()

  worker.on('message', (message: VlmThreadResponse) => {
    const answer = open.get(message.call)!
    open.delete(message.call)
    if (open.size === 0) rest()
    if ('caption' in message) return answer.resolve(message.caption)
    const { code, message: text, detail } = message.failure
    answer.reject(new VlmError(code, text, { cause: detail }))
  })
  worker.on('error', (cause: NodeJS.ErrnoException) => died(cause.message, { cause }))
  worker.on('messageerror', (cause) => died(cause.message, { cause }))
  worker.on('exit', (code) => {
    died(`exit code ${code}`)
    gone = true
    exit.resolve()
  })

  return {
    async load(loading) {
      await ask((call) => ({ name: 'load', call, loading })).promise
    },
    async caption(image, request, signal) {
      const answer = ask((call) => ({ name: 'caption', call, image, request }))
      const abort = () => {
        send({ name: 'abort', call: answer.call })
        answer.reject(signal.reason)
      }
      signal.addEventListener('abort', abort, { once: true })
      try {
        return (await answer.promise)!
      } finally {
        signal.removeEventListener('abort', abort)
      }
    },
    async end() {
      ended ??= new VlmError('disposed', 'The model was disposed before; open it again.')
      if (open.size > 0) await idle.promise
      worker.ref()
      // By itself, as it is seldom safe to stop it from outside; from outside if it cannot.
      if (!gone) send({ name: 'end' })
      const late = setTimeout(() => worker.terminate(), LONGEST_END_MS)
      await exit.promise
      clearTimeout(late)
    },
  }

  function ask(question: (call: number) => VlmThreadRequest) {
    if (ended) throw ended
    const call = ++lastCall
    send(question(call))
    if (open.size === 0) work()
    const answer = Promise.withResolvers<VlmCaption | undefined>()
    open.set(call, answer)
    return { call, ...answer }
  }

  function send(question: VlmThreadRequest): void {
    worker.postMessage(question)
  }

  function work(): void {
    idle = Promise.withResolvers()
    worker.ref()
  }

  function rest(): void {
    idle.resolve()
    worker.unref()
  }

  function died(why: string, options?: ErrorOptions): void {
    const isMemory = (options?.cause as NodeJS.ErrnoException)?.code === OUT_OF_MEMORY
    const text = `The thread of the model died (${why}). The next caption starts another.`
    ended ??= new VlmError(isMemory ? 'out-of-memory' : 'thread-died', text, options)
    for (const { reject } of open.values()) reject(ended)
    open.clear()
    rest()
  }
}

const LONGEST_END_MS = 5000

/** Node's own, when the heap of a thread is full. */
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY'
