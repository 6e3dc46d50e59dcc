import type { Job } from '@descry/contract'
import { expect, test } from 'vitest'
import { groupFailures } from './failure-groups.tsx'

const failed = (id: string, code: string) => ({ id, error: { code, message: '' } }) as Job

test('failed jobs are grouped by kind of failure, the most frequent first', () => {
  const groups = groupFailures([
    failed('a', 'captioner-timeout'),
    failed('b', 'captioner-failed'),
    failed('c', 'captioner-failed'),
    { id: 'd', kind: 'batch', error: null } as Job,
  ])
  expect(groups.map(({ kind, jobs }) => [kind, jobs.map(({ id }) => id)])).toEqual([
    ['captioner-failed', ['b', 'c']],
    ['captioner-timeout', ['a']],
    ['batch', ['d']],
  ])
})
