import type { z } from 'zod'
import type { Caller } from '../access/caller.ts'
import type { Config } from '../config.ts'
import type { Tx } from '../db/client.ts'
import type { NewEvent } from '../db/events.ts'
import type { Deps } from '../deps.ts'
import type { Delivery, QueueSettings } from '../queue/queue.ts'

/**
 * A kind of job: what it takes, what comes out, and what it does. Everything else that happens to a job
 * (its start, progress, retries, being put off, canceled or recovered) is the same for all kinds.
 */
export type JobDefinition<Input = unknown, Result = unknown> = QueueSettings & {
  input: z.ZodType<Input>
  result: z.ZodType<Result>
  /** How many a process has in hand at once. */
  concurrency: (config: Config) => number
  /**
   * Does the work and writes nothing of its result: that is done by the function that it gives back,
   * in the transaction that also ends the job.
   */
  run(job: RunningJob<Input>): Promise<Finish<Result>>
}

type RunningJob<Input> = {
  id: string
  /** Who submitted it. */
  caller: Caller
  input: Input
  deps: Deps
  /** Aborts when the job is canceled, takes too long, or its worker stops. */
  signal: AbortSignal
  /** Tells how many of its items are done. */
  progress(done: number): Promise<void>
}

export type Finish<Result> = (
  tx: Tx,
) => Promise<{ result: Result; events?: readonly NewEvent[]; log?: object }>

/** Work of the system itself that begins by the clock and has no row. */
export type TaskDefinition = QueueSettings & {
  cron: string
  run(task: { deps: Deps; signal: AbortSignal }): Promise<void>
}

/** Only for inference: it ties the types of input and result to `run`. */
export const defineJob = <Input, Result>(
  job: JobDefinition<Input, Result>,
): JobDefinition<Input, Result> => job

export const defineTask = (task: TaskDefinition): TaskDefinition => task

/** A delivery in the hands of a worker. */
export type Attempt = {
  deps: Deps
  workerId: string
  delivery: Delivery
  signal: AbortSignal
  log: Log
}

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>
