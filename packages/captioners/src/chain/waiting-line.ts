import { bulkhead } from 'cockatiel'
import { untilAborted } from './until-aborted.ts'

export type WaitingLine = ReturnType<typeof waitingLine>

/** Lets `places` in at a time; the others wait, and come in in the order in which they came. */
export function waitingLine(places: number) {
  const policy = bulkhead(places, Number.MAX_SAFE_INTEGER)

  return {
    get isFull(): boolean {
      return policy.executionSlots === 0
    },

    /** Returns how to leave. Rejects when the signal ends the waiting. */
    async enter(signal: AbortSignal): Promise<() => void> {
      const inside = Promise.withResolvers<void>()
      const { promise: left, resolve: leave } = Promise.withResolvers<void>()
      policy
        .execute(() => {
          inside.resolve()
          return left
        }, signal)
        .catch(inside.reject)
      try {
        await untilAborted(inside.promise, signal)
        return leave
      } catch (error) {
        leave() // it may have been let in meanwhile
        throw error
      }
    },
  }
}
