import type { BackgroundWork } from './background-work.ts'
import type { CaptionerStates } from './captioner-states.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import type { Timing } from './timing.ts'
import type { UsageStore } from './usage-store.ts'

/** What all runs of a chain in this process share. */
export type ChainState = {
  usage: UsageStore
  timing: Timing
  stateOf: CaptionerStates
  leases: LeaseKeeper
  background: BackgroundWork
}
