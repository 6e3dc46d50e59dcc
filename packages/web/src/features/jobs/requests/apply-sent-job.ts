import type { BatchJob, CaptionJob, Job } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import { batchKey } from './get-batch.ts'
import { batchPageKey, PAGE_SIZE } from './list-batch-jobs.ts'

/** Shows a job of this page's upload in its batch at once; what is read next corrects its position. */
export function applySentJob(queryClient: QueryClient, job: CaptionJob): void {
  const batchId = job.parentId ?? ''
  const batch = queryClient.getQueryData<BatchJob>(batchKey(batchId))
  if (!batch) return
  const key = batchPageKey(batchId, Math.floor(batch.items / PAGE_SIZE))
  const jobs = queryClient.getQueryData<Job[]>(key)
  if (jobs?.some(({ id }) => id === job.id)) return
  queryClient.setQueryData<BatchJob>(batchKey(batchId), { ...batch, items: batch.items + 1 })
  if (jobs) queryClient.setQueryData<Job[]>(key, [...jobs, job])
}
