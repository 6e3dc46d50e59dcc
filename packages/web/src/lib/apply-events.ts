import { type Caption, type Job, JobStatus, type Event as ServerEvent } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import { createThrottle } from './create-throttle.ts'
import type { LiveEvents } from './live-events.ts'
import { dropFromPages, type Pages, putIntoPages } from './pages.ts'
import { historyKey, imageCaptionsKey, searchesKey } from './requests/list-captions.ts'
import { allJobsKey, jobsKey } from './requests/list-jobs.ts'

// Fast enough to feel live, slow enough that 10,000 jobs do not redraw the page 10,000 times.
const APPLY_EVERY_MS = 200
const REFETCH_EVERY_MS = 1000

/** Keeps what is shown in step with what the server says happened. */
export function applyEvents(live: LiveEvents, queryClient: QueryClient): void {
  let waiting: ServerEvent[] = []
  const refetchSearches = createThrottle(
    () => queryClient.invalidateQueries({ queryKey: searchesKey }),
    REFETCH_EVERY_MS,
  )
  const refetchJobs = createThrottle(
    () => queryClient.invalidateQueries({ queryKey: allJobsKey }),
    REFETCH_EVERY_MS,
  )
  const applyWaiting = createThrottle(() => {
    for (const event of waiting) {
      if (event.type === 'job') applyJob(queryClient, event.job)
      else applyCaption(queryClient, event.caption)
    }
    if (waiting.some(({ type }) => type === 'caption')) refetchSearches()
    // A list that is on its way may have been read before this event: ask once more.
    if (queryClient.isFetching({ queryKey: allJobsKey }) > 0) refetchJobs()
    waiting = []
  }, APPLY_EVERY_MS)

  live.subscribe((event) => {
    waiting.push(event)
    applyWaiting()
  })
  live.onReconnect(() => queryClient.invalidateQueries())
  live.onTick(() => queryClient.invalidateQueries())
}

export function applyJob(queryClient: QueryClient, job: Job): void {
  for (const status of JobStatus.options) {
    queryClient.setQueryData<Pages<Job>>(jobsKey(status), (pages) => {
      if (!pages) return undefined
      return status === job.status ? putIntoPages(pages, job) : dropFromPages(pages, job.id)
    })
  }
}

export function applyCaption(queryClient: QueryClient, caption: Caption): void {
  for (const key of [historyKey(undefined), imageCaptionsKey(caption.imageId)]) {
    queryClient.setQueryData<Pages<Caption>>(key, (pages) => pages && putIntoPages(pages, caption))
  }
}
