import { untilAborted } from './wait.ts'

export type Semaphore = ReturnType<typeof semaphore>

/** Lets so many in at a time; the others wait, and are let in in the order in which they came. */
export function semaphore(slots: number) {
  let free = slots
  const waiting = new Set<() => void>()

  function release(): void {
    const [next] = waiting
    if (!next) {
      free += 1
      return
    }
    waiting.delete(next)
    next() // it takes over the slot
  }

  return {
    get isFull(): boolean {
      return free === 0
    },

    /** Returns how to release the slot, once. Rejects when the signal ends the waiting. */
    async acquire(signal: AbortSignal): Promise<() => void> {
      signal.throwIfAborted()
      if (free > 0) {
        free -= 1
        return once(release)
      }
      const turn = Promise.withResolvers<void>()
      waiting.add(turn.resolve)
      try {
        await untilAborted(turn.promise, signal)
        return once(release)
      } catch (error) {
        if (!waiting.delete(turn.resolve)) release() // it was let in meanwhile
        throw error
      }
    },
  }
}

function once(act: () => void): () => void {
  let done = false
  return () => {
    if (!done) act()
    done = true
  }
}
