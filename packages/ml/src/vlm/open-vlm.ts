import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Device } from '../runtime/device.ts'
import { disableTelemetry } from '../runtime/disable-telemetry.ts'
import { checkRequest } from './check-request.ts'
import type { PulledVlm } from './find-vlm.ts'
import { VlmError, type VlmErrorCode } from './vlm-error.ts'
import type { VlmCaption, VlmImage, VlmRequest } from './vlm-messages.ts'
import { connectVlmThread, type VlmThread } from './vlm-thread.ts'

export type VlmOptions = Pick<PulledVlm, 'family' | 'dtypes'> & {
  /** For messages: the repository it was pulled from. */
  name?: string
  device?: Device
  /** Cores for one operator; all by default. */
  threads?: number
  startWorker?: () => Worker
}

/** A vision-language model in a thread of its own. */
export type OpenVlm = AsyncDisposable & {
  /** Fails with `VlmError`, or with the signal's reason. */
  caption(image: VlmImage, request: VlmRequest, signal?: AbortSignal): Promise<VlmCaption>
  /** Ends the thread after the captions that were requested before. */
  dispose(): Promise<void>
}

/** Loads a model that `pullVlm` brought, from its folder only. A thread that died is started again. */
export async function openVlm(
  folder: string,
  { startWorker = startVlmWorker, ...options }: VlmOptions,
): Promise<OpenVlm> {
  const {
    name = folder,
    family,
    dtypes,
    device = 'cpu',
    threads = availableParallelism(),
  } = options
  const loading = { name, folder: resolve(folder), family, dtypes, device, threads }
  const inHand = new Set<Promise<unknown>>()
  let disposed = false
  let thread: Promise<VlmThread> | undefined = start()
  await thread

  const dispose = async () => {
    disposed = true
    await Promise.allSettled(inHand)
    await (await thread?.catch(() => undefined))?.end()
  }
  return {
    async caption(image, request, signal = new AbortController().signal) {
      checkRequest(request, { name, family })
      signal.throwIfAborted()
      if (disposed) throw new VlmError('disposed', `${name} was disposed before; open it again.`)
      const answer = ask((one) => one.caption(image, request, signal), signal)
      inHand.add(answer)
      return await answer.finally(() => inHand.delete(answer))
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  }

  async function ask<Answer>(
    question: (thread: VlmThread) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    thread ??= start()
    const mine = thread
    try {
      return await question(await untilAborted(mine, signal))
    } catch (error) {
      if (isLost(error)) await giveUp(mine)
      throw error
    }
  }

  /** The next caption starts another thread. */
  async function giveUp(lost: Promise<VlmThread>): Promise<void> {
    if (thread === lost) thread = undefined
    await (await lost.catch(() => undefined))?.end()
  }

  async function start(): Promise<VlmThread> {
    const started = connectVlmThread(startWorker())
    try {
      await started.load(loading)
      return started
    } catch (error) {
      await started.end()
      throw error
    }
  }
}

/** Another thread may do better: this one is gone, has no memory left, or could not load the model. */
const isLost = (error: unknown) => error instanceof VlmError && !lasting.includes(error.code)
const lasting: VlmErrorCode[] = ['run-failed', 'unsupported-option', 'unreadable-image', 'disposed']

async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function startVlmWorker(): Worker {
  disableTelemetry()
  // Without the flags of this process: some, such as --input-type, are refused beside a file.
  return new Worker(workerFile(), { execArgv: [] })
}

/** Beside this file: from source, and in a bundle that has the worker as an entry of its own. */
const workerFile = (): string =>
  join(
    import.meta.dirname,
    import.meta.filename.endsWith('.ts') ? 'vlm-worker.ts' : 'vlm-worker.js',
  )
