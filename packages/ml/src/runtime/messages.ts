import type { Device } from './device.ts'
import type { RuntimeFailureCode } from './runtime-failure.ts'
import type { TensorValue, ValueInfo } from './tensor-value.ts'

/** How the sessions of a runtime compute. */
export type EngineOptions = { device: Device; threads: number; spinning: boolean }

export type SessionOptions = {
  /** Rewriting the graph to compute less (default), or compiling it as it is: quicker to open. */
  optimization?: 'all' | 'none'
}

export type SessionInfo = {
  id: number
  inputs: readonly ValueInfo[]
  outputs: readonly ValueInfo[]
}

/** What the thread is asked, and what it answers. Answers come in the order of the questions. */
export type Calls = {
  start: { ask: EngineOptions; answer: undefined }
  open: { ask: { model: Uint8Array; options: SessionOptions }; answer: SessionInfo }
  run: {
    ask: { id: number; state: number; feeds: Sent; carry: Carry }
    answer: { outputs: Sent; feeds: Sent }
  }
  hold: { ask: { id: number; state: number; values: Sent }; answer: undefined }
  forget: { ask: { id: number; state: number }; answer: undefined }
  close: { ask: { id: number }; answer: undefined }
}

export type CallName = keyof Calls

export type SessionRequest = {
  [name in CallName]: { call: number; name: name; ask: Calls[name]['ask'] }
}[CallName]

export type SessionResponse = { call: number } & (
  | { answer: Calls[CallName]['answer'] }
  | { failure: { code: RuntimeFailureCode; message: string; cause?: unknown } }
)

/** Outputs that stay in the thread, each with the input that it is the held value of from then on. */
export type Carry = Readonly<Record<string, string>>

type Sent = Record<string, TensorValue>
