import { AppError, type CaptionerState } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import { backgroundWork } from './background-work.ts'
import type { ChainInput, ChainOptions, ChainResult } from './chain-request.ts'
import {
  type ChainState,
  captionerStates,
  defaultTiming,
  type OnCaptionerChange,
  type Timing,
} from './chain-state.ts'
import { leaseRenewal } from './lease-renewal.ts'
import { runChain } from './run-chain.ts'
import { singleFlight } from './single-flight.ts'
import type { UsageStore } from './usage-store.ts'

export type CaptionChain = ReturnType<typeof createChain>

type Options = {
  usage: UsageStore
  /** Told what did not fail a caption: a cost that was not booked, a lease that was not renewed. */
  onError: (error: unknown) => void
  onChange?: OnCaptionerChange
  timing?: Partial<Timing>
}

/**
 * Makes captions with chains of captioners. Remembers of each captioner how it fares, and keeps its
 * limits as the store shares them. One for a process.
 */
export function createChain({ usage, onError, onChange = async () => {}, timing: given }: Options) {
  const timing = { ...defaultTiming, ...given }
  const background = backgroundWork(onError)
  const states = captionerStates(timing)
  const state: ChainState = {
    ...{ usage, timing, background, onChange },
    stateOf: states.stateOf,
    leases: leaseRenewal({ usage, onError, leaseSeconds: timing.leaseSeconds }),
  }
  const flights = singleFlight<ChainResult>({ keepMs: KEEP_MS })
  const running = new Set<Promise<unknown>>()
  let disposed = false

  /** `dispose` waits for all that run. */
  function track(result: Promise<ChainResult>): Promise<ChainResult> {
    const ended = result
      .then(
        () => {},
        () => {},
      )
      .finally(() => running.delete(ended))
    running.add(ended)
    return result
  }

  return {
    /** Asks captioners in their order. Fails with `CaptionerFailure`, or with the signal's reason. */
    async run(
      captioners: readonly Captioner[],
      input: ChainInput,
      options: ChainOptions,
    ): Promise<ChainResult> {
      if (disposed) throw new AppError('stopping', 'Descry is stopping.')
      const { key, signal } = options
      const runWith = (own: AbortSignal) =>
        track(runChain(state, { captioners, input, options: { ...options, signal: own } }))
      if (key === undefined) return runWith(signal)
      const { result, joined } = await flights.run(key, runWith, signal)
      return joined ? { ...result, joined: true } : result
    },

    /** How a captioner fares in this process. */
    describe: (captioner: Captioner): CaptionerState =>
      states.stateOf(captioner).breaker.describe(),

    listCooling: states.listCooling,

    /** Once the captions in progress have ended: their callers end them by their signals. */
    async dispose(): Promise<void> {
      disposed = true
      await Promise.all(running)
      await background.finish()
    },
  }
}

/** Longer than it takes to store a caption, also where those of other styles are made before. */
const KEEP_MS = 30_000
