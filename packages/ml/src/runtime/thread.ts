import type { Worker } from 'node:worker_threads'
import type { CallName, Calls, SessionResponse } from './messages.ts'
import { RuntimeFailure } from './runtime-failure.ts'

export type Thread = {
  /** Answers come in the order of the questions. `buffers` move to the thread without a copy. */
  ask<Name extends CallName>(
    name: Name,
    ask: Calls[Name]['ask'],
    buffers?: ArrayBuffer[],
  ): Promise<Calls[Name]['answer']>
  /** Refuses new questions and ends the thread once it has answered those before. */
  end(): Promise<void>
}

/**
 * Questions to a worker thread as promises; its end is a failure of all that wait. While an answer is
 * awaited the thread keeps the process alive; an idle one does not.
 */
export function connectThread(worker: Worker): Thread {
  const waiting = new Map<number, PromiseWithResolvers<never>>()
  let lastCall = 0
  let lastAnswer: Promise<unknown> = Promise.resolve()
  let ended: RuntimeFailure | undefined
  worker.unref()

  worker.on('message', (message: SessionResponse) => {
    const { resolve, reject } = waiting.get(message.call)!
    waiting.delete(message.call)
    if (waiting.size === 0) worker.unref()
    if ('failure' in message) {
      const { code, message: text, cause } = message.failure
      reject(new RuntimeFailure(code, text, { cause }))
    } else {
      resolve(message.answer as never)
    }
  })
  worker.on('error', (cause) => died(cause.message, { cause }))
  worker.on('messageerror', (cause) => died(cause.message, { cause }))
  worker.on('exit', (code) => died(`exit code ${code}`))

  return {
    async ask(name, ask, buffers = []) {
      if (ended) throw ended
      const call = ++lastCall
      worker.postMessage({ call, name, ask }, buffers)
      const answer = Promise.withResolvers<never>()
      if (waiting.size === 0) worker.ref()
      waiting.set(call, answer)
      lastAnswer = answer.promise
      return answer.promise
    },
    async end() {
      ended ??= new RuntimeFailure('disposed', 'The runtime was disposed before; open another.')
      await lastAnswer.catch(() => undefined)
      worker.ref()
      await worker.terminate()
    },
  }

  function died(why: string, options?: ErrorOptions): void {
    const text = `The thread of the runtime died (${why}), and its sessions with it.`
    ended ??= new RuntimeFailure('thread-died', `${text} Open another runtime.`, options)
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
}
