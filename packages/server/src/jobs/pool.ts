import type { Delivery, Queue } from '../queue/queue.ts'

type PoolOptions = {
  queue: Pick<Queue, 'fetch'>
  kind: string
  concurrency: number
  /** Rejects while nothing should be begun, say because the disk is full. */
  ready: () => Promise<void>
  work: (delivery: Delivery) => Promise<void>
  onError: (error: unknown) => void
}

export type Pool = {
  /** Look now: there may be work. */
  wake(): void
  /** Begins nothing more; resolves when what is in hand has ended. */
  stop(): Promise<void>
}

/**
 * Keeps up to `concurrency` deliveries in hand: a free slot takes the next one at once, so that
 * nobody waits for the slowest of a batch. Notifications wake it; it also looks every two seconds,
 * because retries come due without one.
 */
export function startPool({ queue, kind, concurrency, ready, work, onError }: PoolOptions): Pool {
  const inHand = new Set<Promise<void>>()
  let stopping = false
  let woken = false
  let wakeUp = () => {}

  const wake = () => {
    woken = true
    wakeUp()
  }

  async function take(free: number): Promise<void> {
    await ready()
    for (const delivery of await queue.fetch(kind, free)) {
      const task = work(delivery)
        .catch(onError)
        .finally(() => {
          inHand.delete(task)
          wake()
        })
      inHand.add(task)
    }
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      woken = false
      const free = concurrency - inHand.size
      if (free > 0) await take(free).catch(onError)
      if (!woken && !stopping) await rest()
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

  const looping = loop()
  return {
    wake,
    async stop() {
      stopping = true
      wake()
      await looping
      await Promise.all(inHand)
    },
  }
}

const POLL_MS = 2000
