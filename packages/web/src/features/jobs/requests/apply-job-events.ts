import { type Job, type JobChange, JobStatus } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import type { EventHandler } from '../../../lib/server/apply-events.ts'
import { createThrottle } from '../../../lib/server/create-throttle.ts'
import { dropFromPages, type Pages, putIntoPages } from '../../../lib/server/pages.ts'
import { batchIdOf, batchKey, refetchBatch } from './get-batch.ts'
import { batchJobsKey } from './list-batch-jobs.ts'
import { allJobsKey, jobsKey } from './list-jobs.ts'

const REFETCH_EVERY_MS = 1000

export function createJobEventHandler(queryClient: QueryClient): EventHandler {
  const refetchJobs = createThrottle(
    () => queryClient.invalidateQueries({ queryKey: allJobsKey }),
    REFETCH_EVERY_MS,
  )
  const refetchBatches = createBatchRefetch(queryClient)
  return (events) => {
    const changes = events.flatMap((event) => (event.type === 'job' ? event.data : []))
    refetchBatches(changes.flatMap((change) => batchIdOf(change) ?? []))
    const shown = changes.filter(({ parentId }) => parentId === null)
    // What a failed job tried is not in its event.
    const unknown = shown.filter(
      (change) => !applyJobChange(queryClient, change) || change.status === 'failed',
    )
    // A list that is being loaded may have been read before these events: load it once more.
    const isLoading = queryClient.isFetching({ queryKey: allJobsKey }) > 0
    if (unknown.length > 0 || (shown.length > 0 && isLoading)) refetchJobs()
  }
}

/**
 * Reads changed batches again, once a second at most. Reading is not interrupted by further events, or a
 * slow server would never be shown anything of a fast batch; it is repeated afterwards instead.
 */
function createBatchRefetch(queryClient: QueryClient): (batchIds: readonly string[]) => void {
  const changed = new Set<string>()
  const refetch = createThrottle(() => {
    for (const id of changed) {
      if (isFetching(id)) continue
      changed.delete(id)
      refetchBatch(queryClient, id)
    }
    if (changed.size > 0) refetch()
  }, REFETCH_EVERY_MS)
  const isFetching = (id: string) =>
    queryClient.isFetching({ queryKey: batchKey(id) }) > 0 ||
    queryClient.isFetching({ queryKey: batchJobsKey(id) }) > 0
  return (batchIds) => {
    for (const id of batchIds) changed.add(id)
    if (changed.size > 0) refetch()
  }
}

/** Changes a job that is in a loaded list; returns whether it was. */
export function applyJobChange(queryClient: QueryClient, change: JobChange): boolean {
  const job = JobStatus.options
    .flatMap((status) => queryClient.getQueryData<Pages<Job>>(jobsKey(status))?.pages ?? [])
    .flatMap(({ items }) => items)
    .find(({ id }) => id === change.id)
  if (job) applyJob(queryClient, { ...job, ...change, kind: job.kind } as Job)
  return job !== undefined
}

/** Moves a job to the list of its status, as far as the lists were loaded. */
export function applyJob(queryClient: QueryClient, job: Job): void {
  for (const status of JobStatus.options) {
    queryClient.setQueryData<Pages<Job>>(jobsKey(status), (pages) => {
      if (!pages) return undefined
      return status === job.status ? putIntoPages(pages, job) : dropFromPages(pages, job.id)
    })
  }
}
