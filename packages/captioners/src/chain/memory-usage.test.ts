import { expect, test } from 'vitest'
import { memoryUsage } from './memory-usage.ts'
import type { AdmissionRequest } from './usage-store.ts'

const request = (more: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
  organizationId: 'a',
  captioner: 'eyes',
  leaseSeconds: 30,
  worst: 0,
  ...more,
})

test('slots are given in the order of coming, and come back', async () => {
  const usage = memoryUsage()
  const asks = (leaseId: string) => usage.admit(request({ leaseId, parallel: 1 }))
  expect(await asks('1')).toEqual({ verdict: 'admitted' })
  expect(await asks('2')).toEqual({ verdict: 'busy', ahead: 1 })
  expect(await asks('3')).toEqual({ verdict: 'busy', ahead: 2 })
  await usage.release('1')
  expect(await asks('3')).toEqual({ verdict: 'busy', ahead: 1 })
  expect(await asks('2')).toEqual({ verdict: 'admitted' })
  await usage.release('2')
  expect(await asks('3')).toEqual({ verdict: 'admitted' })
})

test('organizations and captioners do not share limits', async () => {
  const usage = memoryUsage()
  const limited = { leaseId: '1', parallel: 1, perMinute: 1 }
  await usage.admit(request(limited))
  for (const other of [{ organizationId: 'b' }, { captioner: 'ears' }]) {
    expect(await usage.admit(request({ ...limited, ...other, leaseId: '2' }))).toEqual({
      verdict: 'admitted',
    })
  }
})

test.each([
  ['minute', { perMinute: 2 }, 15_000],
  ['day', { perDay: 2 }, 11 * 3_600_000 + 15_000],
] as const)('a full %s says how long it lasts, and ends', async (verdict, limit, waitMs) => {
  let now = Date.parse('2026-11-28T12:59:45Z')
  const usage = memoryUsage({ now: () => now })
  await usage.admit(request(limit))
  await usage.admit(request(limit))
  expect(await usage.admit(request(limit))).toEqual({ verdict, waitMs })
  now += waitMs
  expect(await usage.admit(request(limit))).toEqual({ verdict: 'admitted' })
})

test('a budget counts what was spent and what requests in progress may cost', async () => {
  const usage = memoryUsage()
  const asks = (leaseId: string, worst: number) =>
    usage.admit(request({ leaseId, worst, monthBudget: 10, jobId: 'j', jobBudget: 6 }))
  await usage.book({ organizationId: 'a', captioner: 'eyes', cost: 3 })
  expect(await asks('1', 4)).toEqual({ verdict: 'admitted' })
  expect(await asks('2', 4)).toEqual({ verdict: 'month', left: 3 })
  expect(await asks('2', 3)).toEqual({ verdict: 'job', left: 2 })
  await usage.book({ organizationId: 'a', captioner: 'eyes', jobId: 'j', leaseId: '1', cost: 1 })
  expect(await asks('2', 5)).toEqual({ verdict: 'admitted' })
})

test('a month begins anew in UTC', async () => {
  let now = Date.parse('2026-11-30T23:59:59Z')
  const usage = memoryUsage({ now: () => now })
  await usage.book({ organizationId: 'a', captioner: 'eyes', cost: 10 })
  const asks = () => usage.admit(request({ leaseId: '1', worst: 1, monthBudget: 10 }))
  expect(await asks()).toEqual({ verdict: 'month', left: 0 })
  now += 1000
  expect(await asks()).toEqual({ verdict: 'admitted' })
})
