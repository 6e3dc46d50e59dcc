import type { CaptionerState } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import type { BackgroundWork } from './background-work.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import type { LeaseRenewal } from './lease-renewal.ts'
import { type Semaphore, semaphore } from './semaphore.ts'
import type { UsageStore } from './usage-store.ts'

/** What all runs of a chain in this process share. */
export type ChainState = {
  usage: UsageStore
  timing: Timing
  stateOf: (captioner: Captioner) => KnownCaptioner
  leases: LeaseRenewal
  background: BackgroundWork
  /** Told when a captioner begins to fail, is left alone for a while, or works again. */
  onChange: OnCaptionerChange
}

export type OnCaptionerChange = (change: {
  organizationId: string
  name: string
  state: CaptionerState
}) => Promise<void>

/** How patient a chain is. */
export type Timing = {
  /** The first pause before the same captioner is asked again; each next one is twice as long. */
  backoffMs: number
  /** So many failures in a row begin a captioner's cooldown. */
  failures: number
  /** It lasts so long. */
  coolMs: number
  /** A request in progress is given up when its process was silent for so long. */
  leaseSeconds: number
  /** Between two looks whether another process released a slot; longer for those further behind. */
  pollMs: number
}

export const defaultTiming: Timing = {
  backoffMs: 1000,
  failures: 3,
  coolMs: 30_000,
  leaseSeconds: 30,
  pollMs: 25,
}

/** What this process knows about a captioner. */
type KnownCaptioner = {
  breaker: Breaker
  /** What those who want to know were told last. */
  told: Pick<CaptionerState, 'status' | 'until'>
  /** Of an organization, for the captioner's limit of requests at a time. */
  slotsOf(organizationId: string, slots: number): Semaphore
}

/**
 * Kept by the function that is called, and the name: a copy with fewer styles is the same captioner; one
 * that was built anew, with another key or address, starts afresh, and the old one is forgotten.
 */
export function captionerStates(timing: Timing) {
  const byFunction = new WeakMap<Captioner['caption'], Map<string, KnownCaptioner>>()
  const newest = new Map<string, KnownCaptioner>()

  return {
    stateOf({ caption, name }: Captioner): KnownCaptioner {
      const byName = byFunction.get(caption) ?? new Map<string, KnownCaptioner>()
      byFunction.set(caption, byName)
      const known = byName.get(name) ?? createState(timing)
      byName.set(name, known)
      newest.set(name, known)
      return known
    },

    /** Those that are not asked for now. */
    listCooling: () =>
      [...newest]
        .map(([name, { breaker }]) => ({ name, state: breaker.describe() }))
        .filter(({ state }) => state.status === 'cooling'),
  }
}

function createState(timing: Timing): KnownCaptioner {
  const semaphores = new Map<string, Semaphore>()
  return {
    breaker: createBreaker(timing),
    told: { status: 'ok', until: null },
    slotsOf(organizationId, slots) {
      const key = `${organizationId} ${slots}`
      const found = semaphores.get(key) ?? semaphore(slots)
      semaphores.set(key, found)
      return found
    },
  }
}
