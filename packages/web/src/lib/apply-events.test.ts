import type { Caption, Job } from '@descry/contract'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { applyCaption, applyJob } from './apply-events.ts'
import type { Pages } from './pages.ts'
import { historyKey } from './requests/list-captions.ts'
import { jobsKey } from './requests/list-jobs.ts'

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

test('a new caption leads the history', () => {
  const queryClient = new QueryClient()
  const caption = (id: string) => ({ id, imageId: 'a' }) as Caption
  queryClient.setQueryData(historyKey(undefined), pages(caption('1')))
  applyCaption(queryClient, caption('2'))
  expect(queryClient.getQueryData(historyKey(undefined))).toEqual(pages(caption('2'), caption('1')))
})
