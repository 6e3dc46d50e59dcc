import { hostname } from 'node:os'
import { v7 as uuidv7 } from 'uuid'
import { findJobById } from '../db/jobs.ts'
import { deleteWorker, reportWorker } from '../db/workers.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { sweepBlobs } from '../images/sweep-blobs.ts'
import type { Delivery } from '../queue/queue.ts'
import { attempt } from './attempt.ts'
import { captionImageHandler } from './caption-image.ts'
import { captionImageDeadHandler } from './caption-image-dead.ts'
import { cleanUpHandler } from './clean-up.ts'
import type { Handler, Log } from './handler.ts'
import { type Pool, startPool } from './pool.ts'
import { recoverOrphans } from './recover-orphans.ts'

export type Worker = { id: string; stop(): Promise<void> }

type WorkerOptions = {
  log: Log
  /** How long a stop waits for what is in hand before it returns it to the queue. */
  graceMs?: number
}

/** Starts working off the queue. */
export async function startWorker(
  deps: Deps,
  { log, graceMs = 10_000 }: WorkerOptions,
): Promise<Worker> {
  const id = uuidv7()
  const inHand = new Map<string, { jobId: unknown; controller: AbortController }>()
  const onError = (error: unknown) => log.error({ error }, 'the worker had trouble')

  const work =
    <Payload, Started>(handler: Handler<Payload, Started>) =>
    async (delivery: Delivery) => {
      const controller = new AbortController()
      inHand.set(delivery.id, { jobId: jobIdOf(delivery), controller })
      try {
        await attempt(handler, { deps, workerId: id, delivery, signal: controller.signal, log })
      } finally {
        inHand.delete(delivery.id)
      }
    }
  const pool = <Payload, Started>(handler: Handler<Payload, Started>, concurrency: number): Pool =>
    startPool({
      queue: deps.queue,
      job: handler.job,
      concurrency,
      ready: deps.storage.require,
      work: work(handler),
      onError,
    })
  const report = () =>
    reportWorker(deps.db, { id, host: hostname(), pid: process.pid, running: inHand.size })

  const recovered = await recoverOrphans(deps)
  if (recovered > 0) log.warn({ recovered }, 'jobs that were interrupted are back in the line')
  await report()

  const captions = pool(captionImageHandler, deps.config.worker.concurrency)
  const pools = [captions, pool(captionImageDeadHandler, 1), pool(cleanUpHandler, 1)]

  const unsubscribe = deps.events.subscribe('all', (event) => {
    if (event.type !== 'job') return
    if (event.job.status === 'queued') captions.wake()
    if (event.job.status === 'canceled') abortCanceled(event.job.id).catch(onError)
  })
  // It may have been re-driven meanwhile: only the delivery that was canceled is to be stopped.
  async function abortCanceled(jobId: string): Promise<void> {
    const job = await findJobById(deps.db, jobId)
    for (const [deliveryId, { jobId: held, controller }] of inHand) {
      const canceled = job?.status === 'canceled' || job?.delivery_id !== deliveryId
      if (held === jobId && canceled) {
        controller.abort(new AppError('conflict', 'The job was canceled.'))
      }
    }
  }

  const stopping = new AbortController()
  const swept = sweepBlobs(deps, { now: Date.now(), signal: stopping.signal }).catch(
    (error: unknown) => stopping.signal.aborted || onError(error),
  )
  const heartbeat = setInterval(() => void report().catch(onError), 3_000)
  const recovery = setInterval(() => void recoverOrphans(deps).catch(onError), 10_000)

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
