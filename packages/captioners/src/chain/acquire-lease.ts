import { randomUUID } from 'node:crypto'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { type Call, type ChainRun, timeLeft } from './chain-run.ts'
import type { Admission, AdmissionRequest } from './usage-store.ts'
import { pause } from './wait.ts'

/** A request that was let through. `settle` ends it and books what it cost. */
type Lease = { settle(cost: number | undefined): Promise<void> }

type Terms = Pick<Call, 'captioner' | 'configured'> & {
  /** US dollars; absent: it costs nothing. */
  worst: number | undefined
  /** Of `performance.now()`: until then a slot is waited for. */
  waitUntil: number
}

/**
 * Waits until the limits that all processes share let a request through. Fails with
 * `CaptionerFailure` when they will not, or not in time. Without limits and price it asks no store.
 */
export async function acquireLease(run: ChainRun, terms: Terms): Promise<Lease> {
  const { usage, leases, background } = run.state
  const request = toRequest(run, terms)
  const { leaseId } = request
  const settle = async (cost: number | undefined) => {
    if (leaseId !== undefined) leases.remove(leaseId)
    if (cost !== undefined) await usage.book({ ...request, cost })
    else if (leaseId !== undefined) await usage.release(leaseId)
  }
  try {
    if (isLimited(request)) await untilAdmitted(run, request, terms)
    if (leaseId !== undefined) leases.add(leaseId)
    return { settle }
  } catch (error) {
    background.add(settle(undefined)) // its place in the queue
    throw error
  }
}

function toRequest(
  { state, options }: ChainRun,
  { captioner, configured, worst }: Terms,
): AdmissionRequest {
  const { perMinute, perDay, parallel } = captioner.limits ?? {}
  const { budgets = {}, organizationId, jobId } = options
  const jobBudget = worst === undefined || jobId === undefined ? undefined : budgets.perJob
  const monthBudget = worst === undefined ? undefined : budgets.perMonth
  const reserves = jobBudget !== undefined || monthBudget !== undefined
  return {
    organizationId,
    captioner: configured.name,
    ...{ perMinute, perDay, parallel, jobId, jobBudget, monthBudget },
    worst: reserves ? (worst ?? 0) : 0,
    leaseId: parallel !== undefined || reserves ? randomUUID() : undefined,
    leaseSeconds: state.timing.leaseSeconds,
  }
}

const isLimited = ({ perMinute, perDay, leaseId }: AdmissionRequest) =>
  perMinute !== undefined || perDay !== undefined || leaseId !== undefined

async function untilAdmitted(
  run: ChainRun,
  request: AdmissionRequest,
  { waitUntil }: Terms,
): Promise<void> {
  const { state, signal, options } = run
  const limitWaitMs = () => Math.min(options.longestLimitWaitMs ?? Infinity, timeLeft(run))
  for (;;) {
    const admission = await state.usage.admit(request)
    signal.throwIfAborted()
    if (admission.verdict === 'admitted') return
    if (admission.verdict === 'busy' && performance.now() < waitUntil) {
      const behind = 1 + admission.ahead - (request.parallel ?? 0)
      await pause(Math.min(state.timing.pollMs * behind, MAX_POLL_MS), signal)
    } else if (admission.verdict === 'minute' && admission.waitMs < limitWaitMs()) {
      await pause(admission.waitMs, signal)
    } else {
      throw refusal(request, admission)
    }
  }
}

/** Much less than a place in the queue is kept for. */
const MAX_POLL_MS = 500

function refusal(
  { captioner, parallel, perMinute, perDay, worst }: AdmissionRequest,
  admission: Exclude<Admission, { verdict: 'admitted' }>,
): CaptionerFailure {
  switch (admission.verdict) {
    case 'busy':
      return new CaptionerFailure('rate-limited', allTaken(captioner, parallel))
    case 'minute':
    case 'day': {
      const [max, unit] =
        admission.verdict === 'day' ? [perDay, 'day (UTC)'] : [perMinute, 'minute']
      const message = `${captioner} may be asked ${max} times a ${unit}, and was.`
      return new CaptionerFailure('rate-limited', message, { retryAfterMs: admission.waitMs })
    }
    case 'job':
    case 'month':
      return overBudget(captioner, { worst, left: admission.left, scope: admission.verdict })
  }
}

export const allTaken = (captioner: string, parallel: number | undefined) =>
  `${captioner} takes ${parallel} requests at a time, and none of them ended in time.`

export function overBudget(
  captioner: string,
  { worst, left, scope }: { worst: number; left: number; scope: 'request' | 'job' | 'month' },
): CaptionerFailure {
  const dollars = (amount: number) =>
    `$${Math.max(0, amount)
      .toFixed(6)
      .replace(/\.?0+$/, '')}`
  return new CaptionerFailure(
    'over-budget',
    `Asking ${captioner} may cost ${dollars(worst)}, and the budget of this ${scope} has ${dollars(left)} left. Raise it, or choose a captioner that costs less.`,
  )
}
