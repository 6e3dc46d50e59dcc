import { checkCarry, checkFeeds, checkValues } from './check-feeds.ts'
import type { Carry, SessionOptions } from './messages.ts'
import { packCopies, packValues } from './pack-values.ts'
import { RuntimeFailure } from './runtime-failure.ts'
import type { TensorValue, TensorValues, ValueInfo } from './tensor-value.ts'
import type { Thread } from './thread.ts'

type RunResult = {
  outputs: Record<string, TensorValue>
  /** The arrays that were fed, to be used again. */
  feeds: Record<string, TensorValue>
}

/** Runs of a session that have values in common, which stay in the thread between them. */
type SessionState = {
  /**
   * Computes all outputs. Arrays travel to the thread without copies: those in `feeds` are empty
   * until the run is over and then come back under `feeds` of the result; after a failed run they do
   * not. Views of a part of a buffer, values that share one, and shared memory are copied and stay.
   *
   * Outputs named in `carry` do not come back: each is held for the input that `carry` gives for it.
   */
  run(feeds: TensorValues, options?: { carry?: Carry }): Promise<RunResult>
  /**
   * Copies values to the thread that all later runs use, until replaced: they need not be fed. A run
   * that feeds one of them uses what it feeds.
   */
  hold(values: TensorValues): Promise<void>
}

/** An ONNX model compiled in a worker thread. */
export type Session = SessionState & {
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  /** Held values of its own, apart from the session's and those of other states. */
  openState(): SessionState & { dispose(): Promise<void> }
  /** Frees the memory after the runs that were requested before. */
  dispose(): Promise<void>
}

export async function openSession(
  thread: Thread,
  model: Uint8Array,
  options: SessionOptions,
): Promise<Session> {
  const copy = new Uint8Array(model)
  const { id, inputs, outputs } = await thread.ask('open', { model: copy, options }, [copy.buffer])
  let states = 0
  let closed: Promise<void> | undefined

  function createState(): SessionState & { dispose(): Promise<void> } {
    const state = states++
    const held = new Set<string>()
    return {
      async run(feeds, { carry = {} } = {}) {
        requireOpen()
        checkFeeds(feeds, inputs, held)
        checkCarry(carry, { inputs, outputs })
        const { values, buffers, kept } = packValues(feeds)
        const answer = await thread.ask('run', { id, state, feeds: values, carry }, buffers)
        for (const name of Object.values(carry)) held.add(name)
        return { outputs: answer.outputs, feeds: { ...answer.feeds, ...kept } }
      },
      async hold(values) {
        requireOpen()
        checkValues(values, inputs)
        for (const name of Object.keys(values)) held.add(name)
        const copies = packCopies(values)
        await thread.ask('hold', { id, state, values: copies.values }, copies.buffers)
      },
      async dispose() {
        held.clear()
        if (!closed) await thread.ask('forget', { id, state }).catch(ignoreEndedThread)
      },
    }
  }

  const { run, hold } = createState()
  return {
    inputs,
    outputs,
    run,
    hold,
    openState: createState,
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
