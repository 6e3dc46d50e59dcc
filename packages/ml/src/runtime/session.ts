import { checkFeeds, checkValues } from './check-feeds.ts'
import type { SessionOptions } from './messages.ts'
import { packCopies, packValues } from './pack-values.ts'
import { RuntimeFailure } from './runtime-failure.ts'
import type { TensorValue, TensorValues, ValueInfo } from './tensor-value.ts'
import type { Thread } from './thread.ts'

export type RunResult = {
  outputs: Record<string, TensorValue>
  /** The arrays that were fed, to be used again. */
  feeds: Record<string, TensorValue>
}

/** An ONNX model compiled in a worker thread. */
export type Session = {
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  /**
   * Computes all outputs. Arrays travel to the thread without copies: those in `feeds` are empty
   * until the run is over and then come back under `feeds` of the result; after a failed run they do
   * not. Views of a part of a buffer, values that share one, and shared memory are copied and stay.
   */
  run(feeds: TensorValues): Promise<RunResult>
  /**
   * Copies values to the thread that all later runs use, until replaced: they need not be fed. A run
   * that feeds one of them uses what it feeds.
   */
  hold(values: TensorValues): Promise<void>
  /** Gives the memory back, after the runs asked for so far. */
  dispose(): Promise<void>
}

export async function openSession(
  thread: Thread,
  model: Uint8Array,
  options: SessionOptions,
): Promise<Session> {
  const copy = new Uint8Array(model)
  const { id, inputs, outputs } = await thread.ask('open', { model: copy, options }, [copy.buffer])
  const held = new Set<string>()
  let closed: Promise<void> | undefined

  return {
    inputs,
    outputs,
    async run(feeds) {
      requireOpen()
      checkFeeds(feeds, inputs, held)
      const { values, buffers, kept } = packValues(feeds)
      const answer = await thread.ask('run', { id, feeds: values }, buffers)
      return { outputs: answer.outputs, feeds: { ...answer.feeds, ...kept } }
    },
    async hold(values) {
      requireOpen()
      checkValues(values, inputs)
      for (const name of Object.keys(values)) held.add(name)
      const copies = packCopies(values)
      await thread.ask('hold', { id, values: copies.values }, copies.buffers)
    },
    dispose() {
      closed ??= thread.ask('close', { id }).catch(ignoreEndedThread)
      return closed
    },
  }

  function requireOpen(): void {
    if (closed)
      throw new RuntimeFailure('disposed', 'The session was disposed before; open another.')
  }
}

/** With its thread, a session is gone as well. */
function ignoreEndedThread(error: unknown): void {
  if (error instanceof RuntimeFailure && endings.has(error.code)) return
  throw error
}

const endings: ReadonlySet<string> = new Set(['disposed', 'thread-died'])
