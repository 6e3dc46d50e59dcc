import type { Admission, AdmissionRequest, UsageStore } from './usage-store.ts'

type Refusal = Exclude<Admission, { verdict: 'admitted' }>

/** Limits and budgets as one process keeps them for itself, from its start. */
export function memoryUsage({ now = Date.now }: { now?: () => number } = {}): UsageStore {
  const leases = requestLeases(now)
  const windows = requestWindows(now)
  const costs = requestCosts(now)

  return {
    async admit(request) {
      const refusal =
        leases.refuse(request) ?? windows.refuse(request) ?? costs.refuse(request, leases)
      if (refusal) return refusal
      windows.count(request)
      leases.grant(request)
      return { verdict: 'admitted' }
    },
    async book({ leaseId, ...paid }) {
      leases.end(leaseId)
      costs.book(paid)
    },
    async release(leaseId) {
      leases.end(leaseId)
    },
    async renew() {}, // a process that dies takes its leases along
  }
}

type Lease = Pick<AdmissionRequest, 'organizationId' | 'captioner' | 'jobId' | 'worst'> & {
  /** False: it waits for a slot. */
  granted: boolean
  createdAt: number
}
type Leases = ReturnType<typeof requestLeases>

/** Requests in progress, and those that wait for a slot, in the order in which they came. */
function requestLeases(now: () => number) {
  const leases = new Map<string, Lease>()
  const set = (request: AdmissionRequest, granted: boolean) => {
    if (request.leaseId === undefined) return
    leases.set(request.leaseId, { ...request, granted, createdAt: now() })
  }

  return {
    refuse(request: AdmissionRequest): Refusal | undefined {
      if (request.parallel === undefined) return undefined
      const ids = [...leases.keys()]
      const place = request.leaseId === undefined ? -1 : ids.indexOf(request.leaseId)
      const ahead = [...leases].filter(
        ([id, lease], index) =>
          id !== request.leaseId &&
          isSame(lease, request) &&
          (lease.granted || place === -1 || index < place),
      ).length
      if (ahead < request.parallel) return undefined
      if (place === -1) set(request, false)
      return { verdict: 'busy', ahead }
    },
    grant: (request: AdmissionRequest) => set(request, true),
    end: (leaseId: string | undefined) => leaseId !== undefined && leases.delete(leaseId),

    /** US dollars that requests in progress may still cost. */
    sumReserved: (isMine: (lease: Lease) => boolean) =>
      [...leases.values()]
        .filter((lease) => lease.granted && isMine(lease))
        .reduce((sum, { worst }) => sum + worst, 0),
  }
}

const isSame = (lease: Lease, { organizationId, captioner }: AdmissionRequest) =>
  lease.organizationId === organizationId && lease.captioner === captioner

/** Counts of the current minute and day. */
function requestWindows(now: () => number) {
  const counted = new Map<string, { start: number; requests: number }>()

  const windowsOf = ({ organizationId, captioner, perDay, perMinute }: AdmissionRequest) =>
    [
      { verdict: 'day', ms: 86_400_000, max: perDay } as const,
      { verdict: 'minute', ms: 60_000, max: perMinute } as const,
    ].map((window) => {
      const start = Math.floor(now() / window.ms) * window.ms // in UTC, as in the database
      const key = JSON.stringify([organizationId, captioner, window.verdict])
      const found = counted.get(key)
      const requests = found?.start === start ? found.requests : 0
      return { ...window, key, start, requests }
    })

  return {
    refuse(request: AdmissionRequest): Refusal | undefined {
      const full = windowsOf(request).find(({ max = Infinity, requests }) => requests >= max)
      return full && { verdict: full.verdict, waitMs: full.start + full.ms - now() }
    },
    count(request: AdmissionRequest): void {
      for (const { key, start, requests, max } of windowsOf(request)) {
        if (max !== undefined) counted.set(key, { start, requests: requests + 1 })
      }
    },
  }
}

/** US dollars of the current month, and of each job. */
function requestCosts(now: () => number) {
  const months = new Map<string, { start: number; cost: number }>()
  const jobs = new Map<string, number>()
  const costOfMonth = (organizationId: string) => {
    const month = months.get(organizationId)
    return month?.start === startOfMonth(now()) ? month.cost : 0
  }

  return {
    refuse(
      {
        organizationId,
        jobId,
        worst,
        monthBudget = Infinity,
        jobBudget = Infinity,
      }: AdmissionRequest,
      leases: Leases,
    ): Refusal | undefined {
      const start = startOfMonth(now())
      const isMine = (lease: Lease) => lease.organizationId === organizationId
      const inMonth = leases.sumReserved((lease) => isMine(lease) && lease.createdAt >= start)
      const ofMonth = monthBudget - costOfMonth(organizationId) - inMonth
      if (worst > ofMonth) return { verdict: 'month', left: ofMonth }
      const inJob = leases.sumReserved((lease) => isMine(lease) && lease.jobId === jobId)
      const ofJob = jobBudget - (jobs.get(`${organizationId}/${jobId}`) ?? 0) - inJob
      return worst > ofJob ? { verdict: 'job', left: ofJob } : undefined
    },
    book(paid: { organizationId: string; jobId?: string | undefined; cost: number }): void {
      const { organizationId, jobId, cost } = paid
      const job = `${organizationId}/${jobId}`
      const month = costOfMonth(organizationId) + cost
      months.set(organizationId, { start: startOfMonth(now()), cost: month })
      if (jobId !== undefined) jobs.set(job, (jobs.get(job) ?? 0) + cost)
    },
  }
}

function startOfMonth(moment: number): number {
  const date = new Date(moment)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}
