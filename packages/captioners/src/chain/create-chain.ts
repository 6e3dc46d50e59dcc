import { AppError } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import { backgroundWork } from './background-work.ts'
import { captionerStates } from './captioner-states.ts'
import type { ChainOptions, ChainResult, ChainWish } from './chain-request.ts'
import type { ChainState } from './chain-state.ts'
import { leaseKeeper } from './lease-keeper.ts'
import { runChain } from './run-chain.ts'
import { defaultTiming, type Timing } from './timing.ts'
import type { UsageStore } from './usage-store.ts'

export type CaptionChain = ReturnType<typeof createChain>

type Options = {
  usage: UsageStore
  /** Told what did not fail a caption: a cost that was not booked, a lease that was not prolonged. */
  onError: (error: unknown) => void
  timing?: Partial<Timing>
}

/**
 * Makes captions with chains of captioners. Remembers of each captioner how it fares, and keeps its
 * limits together with all other processes. One for a process.
 */
export function createChain({ usage, onError, timing: given }: Options) {
  const timing = { ...defaultTiming, ...given }
  const background = backgroundWork(onError)
  const state: ChainState = {
    ...{ usage, timing, background },
    stateOf: captionerStates(timing),
    leases: leaseKeeper({ usage, onError, leaseSeconds: timing.leaseSeconds }),
  }
  const running = new Set<Promise<unknown>>()
  let disposed = false

  return {
    /** Asks the steps in their order. Fails with `ChainFailure`, or with the reason of the signal. */
    run(steps: readonly Captioner[], wish: ChainWish, options: ChainOptions): Promise<ChainResult> {
      if (disposed) return Promise.reject(new AppError('stopping', 'Descry is stopping.'))
      const result = runChain(state, { steps, wish, options })
      const ended = result
        .then(
          () => {},
          () => {},
        )
        .finally(() => running.delete(ended))
      running.add(ended)
      return result
    },

    /** Once the captions in hand have ended: their callers end them by their signals. */
    async dispose(): Promise<void> {
      disposed = true
      await Promise.all(running)
      await background.finish()
    },
  }
}
