import { type MessagePort, parentPort } from 'node:worker_threads'
import { createEngine } from '../runtime/engine.ts'
import type { LoadedVlm } from './load-vlm.ts'
import { toVlmError } from './to-vlm-error.ts'
import type { VlmCaption, VlmThreadRequest, VlmThreadResponse } from './vlm-messages.ts'

/** The thread: answers one question after the other. Between two words it hears what was aborted. */
function serve(port: MessagePort): void {
  const asked = new Map<number, AbortController>()
  let vlm: LoadedVlm | undefined
  let last = Promise.resolve()

  port.on('message', (question: VlmThreadRequest) => {
    if (question.name === 'end') return void last.then(() => port.close())
    const { name, call } = question
    if (name === 'abort') return asked.get(call)?.abort()
    const controller = new AbortController()
    asked.set(call, controller)
    last = last.then(async () => {
      port.postMessage(await answer(question, controller.signal))
      asked.delete(call)
    })
  })

  async function answer(
    question: Exclude<VlmThreadRequest, { name: 'abort' | 'end' }>,
    signal: AbortSignal,
  ): Promise<VlmThreadResponse> {
    const { call } = question
    try {
      return { call, caption: await respond(question, signal) }
    } catch (error) {
      const { code, message } = toVlmError(error)
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      return { call, failure: { code, message, detail } }
    }
  }

  async function respond(
    question: Exclude<VlmThreadRequest, { name: 'abort' | 'end' }>,
    signal: AbortSignal,
  ): Promise<VlmCaption | undefined> {
    signal.throwIfAborted()
    if (question.name === 'caption') {
      return await vlm!.caption(question.image, question.request, signal)
    }
    const { device, threads } = question.loading
    await createEngine({ device, threads, spinning: false }) // says it well where the device is absent
    const { loadVlm } = await import('./load-vlm.ts') // its library fails without a word where it is
    vlm = await loadVlm(question.loading)
    return undefined
  }
}

if (parentPort) serve(parentPort)
