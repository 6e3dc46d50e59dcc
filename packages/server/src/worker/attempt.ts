import { CaptionerFailure } from '@descry/captioners'
import { FailureDetails } from '@descry/contract'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Delivery } from '../queue/queue.ts'
import { toAppError } from '../to-app-error.ts'
import type { Context, Handler, Log, Outcome } from './handler.ts'
import { untilDatabaseAnswers } from './until-database-answers.ts'

type Attempt = { deps: Deps; workerId: string; delivery: Delivery; signal: AbortSignal; log: Log }

/**
 * One attempt at one job: the only place that parses payloads, sets deadlines, times, logs and
 * decides whether to try again.
 */
export async function attempt<Payload, Started>(
  handler: Handler<Payload, Started>,
  { deps, workerId, delivery, signal, log }: Attempt,
): Promise<void> {
  const { job } = handler
  const begun = performance.now()
  let settled = false
  const context: Context = {
    deps,
    workerId,
    delivery,
    signal: AbortSignal.any([signal, AbortSignal.timeout(job.timeoutSeconds * 1000)]),
    async settle(tx) {
      await deps.queue.complete(job, delivery.id, tx)
      settled = true
    },
  }
  const fields = () => ({
    job: job.name,
    delivery: delivery.id,
    ...idsOf(delivery.data),
    ms: Math.round(performance.now() - begun),
  })

  let started: Started | undefined
  try {
    const payload = job.payload.parse(delivery.data)
    started = await handler.start(payload, context)
    const done = started === undefined ? undefined : await handler.run(started, context)
    if (!settled) await deps.queue.complete(job, delivery.id)
    log.info(
      { ...fields(), ...done },
      started === undefined ? 'job had nothing left to do' : 'job done',
    )
  } catch (error) {
    const outcome = decide(error, delivery, signal)
    log.error({ ...fields(), error, next: outcome.next }, 'job failed')
    await untilDatabaseAnswers(() => settleFailure(handler, { started, outcome, context }), {
      log,
      signal,
    })
  }
}

function decide(error: unknown, { lastAttempt }: Delivery, stop: AbortSignal): Outcome {
  const known = toAppError(stop.aborted ? stop.reason : error) ?? timeoutOf(error)
  const failure = {
    code: known?.code ?? 'internal',
    message: known?.message ?? UNKNOWN,
    trace: known instanceof AppError ? traceOf(known) : undefined,
  } as const
  if (failure.code === 'stopping') return { next: 'return', failure }
  // A chain has asked again as often as makes sense: there is one loop that retries, and it is there.
  const hopeless = error instanceof CaptionerFailure || (known ? !known.retry : false)
  return { next: hopeless || lastAttempt ? 'give-up' : 'retry', failure }
}

/** What a chain tried. */
const traceOf = ({ details }: AppError) => FailureDetails.safeParse(details).data?.trace

async function settleFailure<Payload, Started>(
  handler: Handler<Payload, Started>,
  settling: { started: Started | undefined; outcome: Outcome; context: Context },
): Promise<void> {
  const { started, outcome, context } = settling
  const { deps, delivery } = context
  await inTransaction(deps.db, async (tx) => {
    // One that could not begin has no row to say so in: it comes again, or its dead letter tells.
    if (outcome.next === 'retry' || started === undefined) {
      await deps.queue.fail(handler.job, delivery.id, outcome.failure.message, tx)
    } else {
      await deps.queue.complete(handler.job, delivery.id, tx)
    }
    if (started !== undefined) await handler.failed?.(tx, started, outcome, context)
  })
}

function timeoutOf(error: unknown): Pick<AppError, 'code' | 'message' | 'retry'> | undefined {
  if (!(error instanceof Error) || error.name !== 'TimeoutError') return undefined
  return { code: 'captioner-timeout', message: 'The job took longer than it may.', retry: true }
}

const UNKNOWN = 'Something went wrong in Descry itself; the log has the details.'

/** Payloads carry ids only, which are what one looks for in a log. */
const idsOf = (data: unknown) => (typeof data === 'object' && data !== null ? data : {})
