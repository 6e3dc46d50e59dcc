import { CaptionerFailure } from '@descry/captioners'
import { type Failure, FailureDetails, type Trace } from '@descry/contract'
import type { StartedJob } from '../db/jobs.ts'
import { AppError } from '../errors.ts'
import { toAppError } from '../to-app-error.ts'
import type { Attempt } from './define-job.ts'

type JobFailure = Failure & { trace?: Trace | undefined }

/**
 * What follows a failed attempt. `retry`: the queue delivers again, a few times. `put-off`: the job must
 * wait for something outside, and does so for as long as its patience lasts. `return`: the worker stops,
 * another shall begin anew. `give-up`: no further attempt.
 */
export type Next =
  | { kind: 'retry' | 'give-up'; failure: JobFailure }
  | { kind: 'put-off'; failure: JobFailure; until: Date }
  | { kind: 'return' }

/** `passedMs`: since the attempt began. */
type Failed = { job: StartedJob | undefined; attempt: Attempt; passedMs: number }

export function decideAfterFailure(
  error: unknown,
  { job, attempt: { signal, delivery }, passedMs }: Failed,
): Next {
  const known = toAppError(signal.aborted ? signal.reason : error) ?? timeoutOf(error)
  if (known?.code === 'stopping') return { kind: 'return' }
  const failure = {
    code: known?.code ?? 'internal',
    message: known?.message ?? UNKNOWN,
    trace: known && FailureDetails.safeParse(known.details).data?.trace,
  } as const
  if (error instanceof CaptionerFailure) {
    // The chain has asked again as often as makes sense at once; what is left is to wait.
    const until =
      known?.retry && job && putOffUntil(job, { passedMs, retryAfterMs: known.retryAfterMs })
    return until ? { kind: 'put-off', failure, until } : { kind: 'give-up', failure }
  }
  const hopeless = known ? !known.retry : false
  return { kind: hopeless || delivery.lastAttempt ? 'give-up' : 'retry', failure }
}

/**
 * When to try again: as the provider says, or after a pause that grows. Nothing: never in time. By the
 * clock of the database, which decides when that is; ours may be another.
 */
function putOffUntil(
  { begun_at, started_at, put_offs, patience_seconds }: StartedJob,
  { passedMs, retryAfterMs }: { passedMs: number; retryAfterMs: number | undefined },
): Date | undefined {
  const now = begun_at.getTime() + passedMs
  const pause = retryAfterMs ?? Math.min(FIRST_PAUSE_MS * 2 ** put_offs, LONGEST_PAUSE_MS)
  const until = new Date(now + Math.max(pause, LEAST_PAUSE_MS))
  const deadline = (started_at?.getTime() ?? now) + patience_seconds * 1000
  return until.getTime() <= deadline ? until : undefined
}

const LEAST_PAUSE_MS = 500
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 10 * 60_000

function timeoutOf(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || error.name !== 'TimeoutError') return undefined
  return new AppError('captioner-timeout', 'The job took longer than it may.')
}

const UNKNOWN = 'Something went wrong in Descry itself; the log has the details.'
