/**
 * Lets work in, in the order it came, as long as the weights of all that is in hand stay below a capacity.
 * What is heavier than that is let in alone.
 */
export function weightedQueue(capacity: number) {
  const waiting: { weight: number; start: () => void }[] = []
  let inHand = 0

  function startNext(): void {
    for (let [next] = waiting; next; [next] = waiting) {
      if (inHand > 0 && inHand + next.weight > capacity) return
      waiting.shift()
      inHand += next.weight
      next.start()
    }
  }

  return {
    /** Resolves when it is its turn, with the function that ends it. */
    enter(weight: number): Promise<() => void> {
      return new Promise((resolve) => {
        const leave = () => {
          inHand -= weight
          startNext()
        }
        waiting.push({ weight, start: () => resolve(leave) })
        startNext()
      })
    },
  }
}

/** Decoded pixels that one core works on at a time: a large photo of today's cameras. */
export const PIXELS_A_CORE = 24_000_000
