import type { Job, JobChange } from '@descry/contract'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Pages } from '../../../lib/server/pages.ts'
import { applyJob, applyJobChange } from './apply-job-events.ts'
import { jobsKey } from './list-jobs.ts'

const pages = <Item>(...items: Item[]): Pages<Item> => ({
  pageParams: [undefined],
  pages: [{ items, next: null }],
})
const job = (id: string, status: Job['status']) => ({ id, status }) as Job

test('a job moves from the list of its old state to that of its new one', () => {
  const queryClient = new QueryClient()
  queryClient.setQueryData(jobsKey('queued'), pages(job('2', 'queued'), job('1', 'queued')))
  queryClient.setQueryData(jobsKey('processing'), pages<Job>())

  applyJob(queryClient, job('1', 'processing'))
  expect(queryClient.getQueryData(jobsKey('queued'))).toEqual(pages(job('2', 'queued')))
  expect(queryClient.getQueryData(jobsKey('processing'))).toEqual(pages(job('1', 'processing')))
})

test('lists that were never read are left alone', () => {
  const queryClient = new QueryClient()
  applyJob(queryClient, job('1', 'done'))
  expect(queryClient.getQueryData(jobsKey('done'))).toBeUndefined()
})

test('a change of a job that is shown is shown, one of another job is not made up', () => {
  const queryClient = new QueryClient()
  queryClient.setQueryData(jobsKey('queued'), pages(job('1', 'queued')))
  const change = { status: 'processing', parentId: null, error: null } as Partial<JobChange>
  expect(applyJobChange(queryClient, { ...change, id: '2' } as JobChange)).toBe(false)
  expect(applyJobChange(queryClient, { ...change, id: '1' } as JobChange)).toBe(true)
  expect(queryClient.getQueryData<Pages<Job>>(jobsKey('queued'))?.pages[0]?.items).toEqual([])
})
