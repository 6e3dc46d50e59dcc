import { jobCaller } from '../access/caller.ts'
import { publish } from '../db/events.ts'
import { finishJob, reportProgress, type StartedJob, startJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { JobPayload } from '../queue/queue.ts'
import { countEnded } from './batches.ts'
import { decideAfterFailure } from './decide-after-failure.ts'
import type { Attempt, Finish, JobDefinition } from './define-job.ts'
import { settleFailure } from './settle-failure.ts'
import { jobEvent } from './to-job.ts'
import { untilDatabaseAnswers } from './until-database-answers.ts'

/**
 * One attempt at one job, from the delivery to the row that says how it ended: the only place that sets
 * deadlines, times, logs and has it decided whether to try again.
 */
export async function runJob(definition: JobDefinition, attempt: Attempt): Promise<void> {
  const { deps, delivery, log } = attempt
  const begun = performance.now()
  const fields = () => ({
    job: definition.kind,
    delivery: delivery.id,
    ...idsOf(delivery.data),
    ms: Math.round(performance.now() - begun),
  })
  let job: StartedJob | undefined
  try {
    job = await start(attempt)
    if (!job) {
      await deps.queue.complete(definition.kind, delivery.id)
      return log.info(fields(), 'job had nothing left to do')
    }
    const signal = AbortSignal.any([
      attempt.signal,
      AbortSignal.timeout(definition.timeoutSeconds * 1000),
    ])
    const finish = await work(definition, job, { ...attempt, signal })
    const done = await end(definition, job, { finish, attempt: { ...attempt, signal } })
    log.info({ ...fields(), ...done }, 'job done')
  } catch (error) {
    const next = decideAfterFailure(error, { job, attempt, passedMs: performance.now() - begun })
    log.error({ ...fields(), error, next: next.kind }, 'job failed')
    await untilDatabaseAnswers(() => settleFailure(definition, { job, next, attempt }), {
      log,
      signal: attempt.signal,
    })
  }
}

/** Nothing comes back if there is nothing to do: done before, canceled, or gone. */
async function start({ deps, delivery, workerId }: Attempt): Promise<StartedJob | undefined> {
  const { jobId: id } = JobPayload.parse(delivery.data)
  return inTransaction(deps.db, async (tx) => {
    const row = await startJob(tx, { id, deliveryId: delivery.id, workerId })
    if (row) await publish(tx, jobCaller(row), [jobEvent(row)])
    return row
  })
}

async function work(
  { input, run }: JobDefinition,
  job: JobRow,
  { deps, signal }: Attempt,
): Promise<Finish<unknown>> {
  const finish = await run({
    id: job.id,
    caller: jobCaller(job),
    input: input.parse(job.input),
    deps,
    signal,
    async progress(done) {
      // What was paid for is not thrown away because nobody could be told.
      if (done < job.progress_total) await tellProgress(deps, job, done).catch(() => {})
    },
  })
  signal.throwIfAborted()
  return finish
}

/** Writes what came out and ends the job: both, or neither. */
async function end(
  { kind, result }: JobDefinition,
  job: JobRow,
  { finish, attempt: { deps, delivery, signal } }: { finish: Finish<unknown>; attempt: Attempt },
): Promise<object | undefined> {
  const write = () =>
    inTransaction(deps.db, async (tx) => {
      const written = await finish(tx)
      const ended = await finishJob(tx, job, JSON.stringify(result.parse(written.result)))
      if (!ended) throw new Superseded()
      await deps.queue.complete(kind, delivery.id, tx)
      const batch = await countEnded(tx, ended)
      const events = [...(written.events ?? []), ...[ended, ...batch].map(jobEvent)]
      await publish(tx, jobCaller(job), events)
      return written.log
    })
  return untilDatabaseAnswers(() => write().catch(ignoreSuperseded), { signal })
}

async function tellProgress({ db }: Deps, job: JobRow, done: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const row = await reportProgress(tx, job, done)
    if (row) await publish(tx, jobCaller(row), [jobEvent(row)])
  })
}

/** The job was canceled or handed to another worker meanwhile: what we have is not wanted. */
class Superseded extends Error {}

const ignoreSuperseded = (error: unknown): undefined => {
  if (!(error instanceof Superseded)) throw error
}

/** What one looks for in a log. */
const idsOf = (data: unknown) => (typeof data === 'object' && data !== null ? data : {})
