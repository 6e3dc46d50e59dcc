import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AdmissionRequest, UsageStore } from '../../src/chain/usage-store.ts'

/** Opens a store whose clock stands still at the time that is set. */
type Open = () => {
  usage: UsageStore
  organizations: readonly [string, string]
  set(time: string): void
}

/** What every store of usage promises. Each test has a captioner, a job and a month of its own. */
export function testUsageStore(open: Open): void {
  function begin(time: string) {
    const { usage, organizations, set } = open()
    const [organizationId, other] = organizations
    const captioner = `eyes-${randomUUID()}`
    set(time)
    const request = (more: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
      ...{ organizationId, captioner, leaseSeconds: 30, worst: 0 },
      ...more,
    })
    const admit = (more: Partial<AdmissionRequest>) => usage.admit(request(more))
    return { usage, organizationId, other, captioner, set, admit }
  }
  const ADMITTED = { verdict: 'admitted' }

  test('slots are given in the order of coming, and come back', async () => {
    const { usage, admit, set } = begin('2026-01-10T12:00:00Z')
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()]
    const asks = (leaseId: string) => admit({ leaseId, parallel: 1 })
    expect(await asks(a)).toEqual(ADMITTED)
    set('2026-01-10T12:00:01Z')
    expect(await asks(b)).toEqual({ verdict: 'busy', ahead: 1 })
    set('2026-01-10T12:00:02Z')
    expect(await asks(c)).toEqual({ verdict: 'busy', ahead: 2 })
    await usage.release(a)
    expect(await asks(c)).toEqual({ verdict: 'busy', ahead: 1 })
    expect(await asks(b)).toEqual(ADMITTED)
    await usage.release(b)
    expect(await asks(c)).toEqual(ADMITTED)
    await usage.release(c)
  })

  test('organizations and captioners do not share limits', async () => {
    const { admit, other } = begin('2026-01-11T12:00:00Z')
    const limits = { parallel: 1, perMinute: 1, perDay: 1 }
    expect(await admit({ ...limits, leaseId: randomUUID() })).toEqual(ADMITTED)
    for (const others of [{ organizationId: other }, { captioner: randomUUID() }]) {
      expect(await admit({ ...limits, ...others, leaseId: randomUUID() })).toEqual(ADMITTED)
    }
  })

  test.each([
    ['minute', { perMinute: 2 }, 15_000, '2026-01-12T13:00:00Z'],
    ['day', { perDay: 2 }, 11 * 3_600_000 + 15_000, '2026-01-13T00:00:00Z'],
  ] as const)(
    'a full %s says how long it lasts, and ends',
    async (verdict, limit, waitMs, next) => {
      const { admit, set } = begin('2026-01-12T12:59:45Z')
      await admit(limit)
      await admit(limit)
      expect(await admit(limit)).toEqual({ verdict, waitMs })
      set(next)
      expect(await admit(limit)).toEqual(ADMITTED)
    },
  )

  test('a budget counts what was spent and what requests in progress may cost', async () => {
    const { usage, admit, organizationId, captioner } = begin('2026-02-10T12:00:00Z')
    const jobId = randomUUID()
    const [a, b] = [randomUUID(), randomUUID()]
    const asks = (leaseId: string, worst: number) =>
      admit({ leaseId, worst, monthBudget: 10, jobId, jobBudget: 6 })
    await usage.book({ organizationId, captioner, cost: 3 })
    expect(await asks(a, 4)).toEqual(ADMITTED)
    expect(await asks(b, 4)).toEqual({ verdict: 'month', left: 3 })
    expect(await asks(b, 3)).toEqual({ verdict: 'job', left: 2 })
    await usage.book({ organizationId, captioner, jobId, leaseId: a, cost: 1 })
    expect(await asks(b, 5)).toEqual(ADMITTED)
    await usage.release(b)
  })

  test('a month begins anew in UTC', async () => {
    const { usage, admit, set, organizationId, captioner } = begin('2026-03-31T23:59:59Z')
    await usage.book({ organizationId, captioner, cost: 10 })
    const leaseId = randomUUID()
    const asks = () => admit({ leaseId, worst: 1, monthBudget: 10 })
    expect(await asks()).toEqual({ verdict: 'month', left: 0 })
    set('2026-04-01T00:00:00Z')
    expect(await asks()).toEqual(ADMITTED)
    await usage.release(leaseId)
  })
}
