import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

/** The captions of a job. It is asked for only when the job is done, so it never changes. */
export const jobResultQuery = (client: Client, jobId: string) =>
  queryOptions({
    queryKey: ['job-result', jobId],
    queryFn: ({ signal }) => client.getJobResult({ id: jobId }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
