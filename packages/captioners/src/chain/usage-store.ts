/**
 * What chains know together about the use of captioners: requests in progress, counts and costs. In
 * memory for one process, in a database for several.
 */
export type UsageStore = {
  /** Checks all limits and counts the request, in one step. */
  admit(request: AdmissionRequest): Promise<Admission>
  /** Books what a request cost, and ends its lease. */
  book(request: PaidRequest): Promise<void>
  /** Ends a lease, granted or waiting, that cost nothing. */
  release(leaseId: string): Promise<void>
  /** The requests behind these leases are still in progress. */
  renew(leaseIds: readonly string[], leaseSeconds: number): Promise<void>
}

/** A request that wants to be made. What is absent is not limited. */
export type AdmissionRequest = {
  organizationId: string
  captioner: string
  /** Names the slot it takes; absent: it takes none. */
  leaseId?: string | undefined
  /** A lease that is not renewed for so long belongs to a process that died. */
  leaseSeconds: number
  jobId?: string | undefined
  perMinute?: number | undefined
  perDay?: number | undefined
  parallel?: number | undefined
  /** US dollars: the most it can cost, and what may be spent. */
  worst: number
  jobBudget?: number | undefined
  monthBudget?: number | undefined
}

/** `ahead`: requests in progress, or longer in the queue. `left`: US dollars. */
export type Admission =
  | { verdict: 'admitted' }
  | { verdict: 'busy'; ahead: number }
  | { verdict: 'minute' | 'day'; waitMs: number }
  | { verdict: 'month' | 'job'; left: number }

type PaidRequest = {
  organizationId: string
  captioner: string
  jobId?: string | undefined
  leaseId?: string | undefined
  /** US dollars. */
  cost: number
}
