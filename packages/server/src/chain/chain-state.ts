import type { Db } from '../db/client.ts'
import type { BackgroundWork } from './background-work.ts'
import type { CaptionerStates } from './captioner-states.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import type { Timing } from './timing.ts'

/** What all runs of a chain in this process share. */
export type ChainState = {
  db: Db
  /** Absent: the clock of the database, which all processes share. */
  now: (() => Date) | undefined
  timing: Timing
  stateOf: CaptionerStates
  leases: LeaseKeeper
  background: BackgroundWork
}
