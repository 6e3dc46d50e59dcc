import type { Captioner } from '../captioners/captioner.ts'
import { listRecentMs } from '../db/captioner-usage.ts'
import type { Db } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { backgroundWork } from './background-work.ts'
import { captionerStates } from './captioner-states.ts'
import type { ChainOptions, ChainResult, ChainWish } from './chain-request.ts'
import type { ChainState } from './chain-state.ts'
import { estimateCost, estimateTime, type PlannedWork, type Range } from './estimate.ts'
import { leaseKeeper } from './lease-keeper.ts'
import { runChain } from './run-chain.ts'
import { defaultTiming, type Timing } from './timing.ts'

export type CaptionChain = ReturnType<typeof createChain>

type Options = {
  db: Db
  /** Told what did not fail a caption: a cost that was not booked, a lease that was not prolonged. */
  onError: (error: unknown) => void
  /** For windows and months; absent: the clock of the database, which all processes share. */
  clock?: () => Date
  timing?: Partial<Timing>
}

export type Estimate = { dollars: Range; seconds: Range | null }

/**
 * Makes captions with chains of captioners. Remembers of each captioner how it fares, and keeps its
 * limits together with all other processes. One for a process.
 */
export function createChain({ db, onError, clock, timing: given }: Options) {
  const timing = { ...defaultTiming, ...given }
  const background = backgroundWork(onError)
  const state: ChainState = {
    ...{ db, timing, background, now: clock },
    stateOf: captionerStates(timing),
    leases: leaseKeeper({ db, onError, now: clock, leaseSeconds: timing.leaseSeconds }),
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

    /** What work will cost and how long it will take, if this captioner does all of it. */
    async estimate(
      captioner: Captioner,
      {
        organizationId,
        parallel,
        ...work
      }: PlannedWork & { organizationId: string; parallel?: number },
    ): Promise<Estimate> {
      const recentMs = await listRecentMs(db, { organizationId, captioner: captioner.name })
      return {
        dollars: estimateCost(captioner, work),
        seconds: estimateTime(captioner, work, { recentMs, parallel }),
      }
    },

    /** Once the captions in hand have ended: their callers end them by their signals. */
    async dispose(): Promise<void> {
      disposed = true
      await Promise.all(running)
      await background.finish()
    },
  }
}
