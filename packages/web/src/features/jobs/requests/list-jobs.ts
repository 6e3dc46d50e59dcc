import type { Client, JobStatus } from '@descry/contract'
import { pagedQuery } from '../../../lib/server/paged-query.ts'

export const allJobsKey = ['jobs'] as const
export const jobsKey = (status: JobStatus) => [...allJobsKey, status] as const

/** The jobs with one status, newest first. */
export const jobsQuery = (client: Client, status: JobStatus) =>
  pagedQuery({
    queryKey: jobsKey(status),
    limit: 100,
    load: (request, options) => client.listJobs({ status, ...request }, options),
  })
