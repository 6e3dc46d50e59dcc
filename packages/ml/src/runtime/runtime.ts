import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Device } from './device.ts'
import { disableTelemetry } from './disable-telemetry.ts'
import type { SessionOptions } from './messages.ts'
import { openSession, type Session } from './session.ts'
import { connectThread } from './thread.ts'

export type RuntimeOptions = {
  device?: Device
  /** Cores for one operator; all by default. */
  threads?: number
  /**
   * Threads wait busily for the next operator: 2 to 12 % faster where nothing else computes, as in
   * training; cores taken from others, and 25 ms of them after each run, in a server. Off by default.
   */
  spinning?: boolean
}

/** One thread that runs the sessions opened in it, one run after the other. */
export type Runtime = AsyncDisposable & {
  openSession(model: Uint8Array, options?: SessionOptions): Promise<Session>
  /** Ends the thread after the runs that were requested before; its sessions need no dispose of their own. */
  dispose(): Promise<void>
}

/** Starts a thread with ONNX Runtime. An idle one does not keep the process alive. */
export async function openRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const { device = 'cpu', threads = availableParallelism(), spinning = false } = options
  disableTelemetry()
  // Without the flags of this process: some, such as --input-type, are refused beside a file.
  const thread = connectThread(new Worker(workerFile(), { execArgv: [] }))
  try {
    await thread.ask('start', { device, threads, spinning })
  } catch (error) {
    await thread.end()
    throw error
  }
  return {
    openSession: (model, sessionOptions = {}) => openSession(thread, model, sessionOptions),
    dispose: thread.end,
    [Symbol.asyncDispose]: thread.end,
  }
}

/** Beside this file: from source, and in a bundle that has the worker as an entry of its own. */
const workerFile = (): string =>
  join(
    import.meta.dirname,
    import.meta.filename.endsWith('.ts') ? 'session-worker.ts' : 'session-worker.js',
  )
