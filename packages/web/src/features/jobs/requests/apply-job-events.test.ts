import type { Job } from '@descry/contract'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Pages } from '../../../lib/server/pages.ts'
import { applyJob } from './apply-job-events.ts'
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
