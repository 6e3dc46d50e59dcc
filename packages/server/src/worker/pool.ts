import type { QueuedJob } from '../queue/jobs.ts'
import type { Delivery, Queue } from '../queue/queue.ts'

type PoolOptions = {
  queue: Pick<Queue, 'fetch'>
  job: QueuedJob<unknown>
  concurrency: number
  /** Rejects while nothing should be begun, say because the disk is full. */
  ready: () => Promise<void>
  work: (delivery: Delivery) => Promise<void>
  onError: (error: unknown) => void
}

export type Pool = {
  /** Look now: there may be work. */
  wake(): void
  running(): number
  /** Begins nothing more; resolves when what is in hand has ended. */
  stop(): Promise<void>
}

/**
 * Keeps up to `concurrency` deliveries in hand: a free slot takes the next one at once, so that
 * nobody waits for the slowest of a batch. Notifications wake it; it also looks every two seconds,
 * because retries come due without one.
 */
export function startPool({ queue, job, concurrency, ready, work, onError }: PoolOptions): Pool {
  const inHand = new Set<Promise<void>>()
  let stopping = false
  let woken = false
  let wakeUp = () => {}

  const wake = () => {
    woken = true
    wakeUp()
  }

  async function take(): Promise<number> {
    woken = false
    await ready()
    const deliveries = await queue.fetch(job, concurrency - inHand.size)
    for (const delivery of deliveries) {
      const task = work(delivery)
        .catch(onError)
        .finally(() => {
          inHand.delete(task)
          wake()
        })
      inHand.add(task)
    }
    return deliveries.length
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      const free = concurrency - inHand.size
      const taken = free > 0 ? await take().catch(reportAndPause) : 0
      const mayHaveMore = taken > 0 && taken === free
      if (!woken && !stopping && !(mayHaveMore && inHand.size < concurrency)) await rest()
    }
  }

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function reportAndPause(error: unknown): Promise<number> {
    onError(error)
    await rest()
    return 0
  }

  const looping = loop()
  return {
    wake,
    running: () => inHand.size,
    async stop() {
      stopping = true
      wake()
      await looping
      await Promise.all(inHand)
    },
  }
}

const POLL_MS = 2000
