import { type Job, JobStatus } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import type { EventHandler } from '../../../lib/server/apply-events.ts'
import { createThrottle } from '../../../lib/server/create-throttle.ts'
import { dropFromPages, type Pages, putIntoPages } from '../../../lib/server/pages.ts'
import { allJobsKey, jobsKey } from './list-jobs.ts'

const REFETCH_EVERY_MS = 1000

export function createJobEventHandler(queryClient: QueryClient): EventHandler {
  const refetchJobs = createThrottle(
    () => queryClient.invalidateQueries({ queryKey: allJobsKey }),
    REFETCH_EVERY_MS,
  )
  return (events) => {
    for (const event of events) {
      if (event.type === 'job') applyJob(queryClient, event.job)
    }
    // A list that is being loaded may have been read before these events: load it once more.
    if (queryClient.isFetching({ queryKey: allJobsKey }) > 0) refetchJobs()
  }
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
