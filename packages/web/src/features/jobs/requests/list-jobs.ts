import type { Client, JobStatus } from '@descry/contract'
import { infiniteQueryOptions } from '@tanstack/react-query'

const PAGE_SIZE = 100

export const allJobsKey = ['jobs'] as const
export const jobsKey = (status: JobStatus) => [...allJobsKey, status] as const

/** The jobs with one status, newest first. */
export const jobsQuery = (client: Client, status: JobStatus) =>
  infiniteQueryOptions({
    queryKey: jobsKey(status),
    queryFn: ({ pageParam, signal }) =>
      client.listJobs(
        { status, limit: PAGE_SIZE, ...(pageParam !== undefined && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
