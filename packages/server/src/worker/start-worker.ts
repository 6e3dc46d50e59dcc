import { hostname } from 'node:os'
import { v7 as uuidv7 } from 'uuid'
import { findJobById } from '../db/jobs.ts'
import { deleteWorker, reportWorker } from '../db/workers.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { sweepBlobs } from '../images/sweep-blobs.ts'
import { jobDefinitions, taskDefinitions } from '../job-list.ts'
import { buryDeadLetter } from '../jobs/dead-letters.ts'
import type { JobDefinition, Log } from '../jobs/define-job.ts'
import { type Pool, startPool } from '../jobs/pool.ts'
import { recoverOrphans } from '../jobs/recover-orphans.ts'
import { runJob } from '../jobs/run-job.ts'
import { runTask } from '../jobs/run-task.ts'
import { DEAD_LETTERS, type Delivery } from '../queue/queue.ts'

export type Worker = { id: string; stop(): Promise<void> }

type WorkerOptions = {
  log: Log
  /** How long a stop waits for what is in hand before it returns it to the queue. */
  graceMs?: number
  jobs?: readonly JobDefinition[]
}

type Work = (delivery: Delivery, signal: AbortSignal) => Promise<void>

/** Starts working off the queue. */
export async function startWorker(
  deps: Deps,
  { log, graceMs = 10_000, jobs = jobDefinitions }: WorkerOptions,
): Promise<Worker> {
  const id = uuidv7()
  const inHand = new Map<string, { jobId: unknown; controller: AbortController }>()
  const onError = (error: unknown) => log.error({ error }, 'the worker had trouble')

  const pool = (kind: string, concurrency: number, work: Work): Pool =>
    startPool({
      queue: deps.queue,
      ...{ kind, concurrency, onError },
      ready: deps.storage.require,
      async work(delivery) {
        const controller = new AbortController()
        inHand.set(delivery.id, { jobId: jobIdOf(delivery), controller })
        await work(delivery, controller.signal).finally(() => inHand.delete(delivery.id))
      },
    })
  const report = () =>
    reportWorker(deps.db, { id, host: hostname(), pid: process.pid, running: inHand.size })
  const kinds = jobs.map(({ kind }) => kind)

  const recovered = await recoverOrphans(deps, kinds)
  if (recovered > 0) log.warn({ recovered }, 'jobs that were interrupted are back in the queue')
  await report()

  const jobPools = new Map(
    jobs.map((job) => [
      job.kind,
      pool(job.kind, job.concurrency(deps.config), (delivery, signal) =>
        runJob(job, { deps, workerId: id, delivery, signal, log }),
      ),
    ]),
  )
  const pools = [
    ...jobPools.values(),
    ...taskDefinitions.map((task) =>
      pool(task.kind, 1, (delivery, signal) => runTask(task, { deps, delivery, signal, log })),
    ),
    pool(DEAD_LETTERS.kind, 1, (delivery) => buryDeadLetter(deps, delivery)),
  ]

  const unsubscribe = deps.events.subscribe('all', (event) => {
    if (event.type !== 'job') return
    const { kind, status } = event.data
    if (status === 'canceled') abortCanceled().catch(onError)
    // A batch that goes on may have many jobs to do, of any kind.
    else if (kind === 'batch') for (const one of pools) one.wake()
    else if (status === 'queued') jobPools.get(kind)?.wake()
  })
  // One may have been re-driven meanwhile: only the delivery that was canceled is to be stopped.
  async function abortCanceled(): Promise<void> {
    for (const [deliveryId, { jobId, controller }] of inHand) {
      const job = typeof jobId === 'string' && (await findJobById(deps.db, jobId))
      if (!job || (job.status !== 'canceled' && job.delivery_id === deliveryId)) continue
      controller.abort(new AppError('conflict', 'The job was canceled.'))
    }
  }

  const stopping = new AbortController()
  const swept = sweepBlobs(deps, { now: Date.now(), signal: stopping.signal }).catch(
    (error: unknown) => stopping.signal.aborted || onError(error),
  )
  const heartbeat = setInterval(() => void report().catch(onError), 3_000)
  const recovery = setInterval(() => void recoverOrphans(deps, kinds).catch(onError), 10_000)

  return {
    id,
    async stop() {
      clearInterval(recovery)
      unsubscribe()
      stopping.abort()
      const stopped = Promise.all(pools.map((one) => one.stop()))
      const grace = setTimeout(() => {
        const reason = new AppError('stopping', 'The worker was stopped; the job begins anew.')
        for (const { controller } of inHand.values()) controller.abort(reason)
      }, graceMs)
      await Promise.all([stopped, swept])
      clearTimeout(grace)
      clearInterval(heartbeat)
      await deleteWorker(deps.db, id).catch(onError)
    },
  }
}

const jobIdOf = ({ data }: Delivery): unknown =>
  typeof data === 'object' && data !== null && 'jobId' in data ? data.jobId : undefined
