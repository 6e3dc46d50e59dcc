import type { Failure, Trace } from '@descry/contract'
import type { Tx } from '../db/client.ts'
import type { Deps } from '../deps.ts'
import type { QueuedJob } from '../queue/jobs.ts'
import type { Delivery } from '../queue/queue.ts'

/** What a job does, apart from what it is (`queue/jobs.ts`). */
export type Handler<Payload, Started = Payload> = {
  job: QueuedJob<Payload>
  /** Takes the work in hand. Nothing comes back if there is none: done before, canceled, gone. */
  start(payload: Payload, context: Context): Promise<Started | undefined>
  /** What comes back goes into the log. */
  run(started: Started, context: Context): Promise<object | undefined>
  /** Leaves the rows in a state a person can read, in the transaction that settles the delivery. */
  failed?(tx: Tx, started: Started, outcome: Outcome, context: Context): Promise<void>
}

/**
 * What follows a failure. `retry`: the queue delivers again; `give-up`: no further attempt;
 * `return`: the worker stops, another shall begin anew.
 */
export type Outcome = {
  next: 'retry' | 'give-up' | 'return'
  failure: Failure & { trace?: Trace | undefined }
}

export type Context = {
  deps: Deps
  workerId: string
  delivery: Delivery
  signal: AbortSignal
  /** Takes the delivery off the queue; within `tx`, only if that is committed. */
  settle(tx: Tx): Promise<void>
}

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>

/** Only for inference: it ties the payload's type to the functions. */
export const handler = <Payload, Started = Payload>(
  handler: Handler<Payload, Started>,
): Handler<Payload, Started> => handler
