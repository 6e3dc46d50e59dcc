import { ApiError, type Trace } from '@descry/contract'
import { expect, test } from 'vitest'
import { canForce, canForceJob } from './can-force.ts'

const traceOf = (...outcomes: Trace['steps'][number]['outcome'][]): Trace => ({
  steps: outcomes.map((outcome) => ({
    captioner: 'builtin',
    model: null,
    attempt: 1,
    startedAt: '2026-11-27T10:00:00.000Z',
    ms: 1,
    waitedMs: 0,
    outcome,
  })),
  ms: 1,
  cost: 0,
})

const failed = (code: ApiError['code'], trace?: Trace) =>
  new ApiError(422, code, 'No.', trace && { details: { outcome: code, trace } })

test.each([
  ['an image that was rejected', failed('not-a-photo', traceOf('not-a-photo')), true],
  [
    'an image that was rejected after another captioner failed',
    failed('captioner-failed', traceOf('unreachable', 'not-a-photo')),
    true,
  ],
  ['another failure', failed('captioner-failed', traceOf('unreachable')), false],
  ['a failure without details', failed('corrupt-image'), false],
  ['a lost connection', new TypeError('Failed to fetch'), false],
])('%s can be forced: %s', (_what, error, expected) => {
  expect(canForce(error)).toBe(expected)
})

test('a failed job can be forced when its image was rejected, and no other job', () => {
  const error = { code: 'not-a-photo', message: 'No.' } as const
  expect(canForceJob({ status: 'failed', error, trace: null })).toBe(true)
  expect(canForceJob({ status: 'queued', error, trace: null })).toBe(false)
  expect(canForceJob({ status: 'failed', error: null, trace: traceOf('not-a-photo') })).toBe(true)
  expect(canForceJob({ status: 'failed', error: null, trace: traceOf('empty') })).toBe(false)
})
