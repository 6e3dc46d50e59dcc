import type { Job, JobRetry } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { createPool } from '../../../lib/create-pool.ts'
import { count } from '../../../lib/format.ts'
import { useAnnounce } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { batchIdOf, refetchBatch } from './get-batch.ts'
import { allJobsKey } from './list-jobs.ts'

const MAX_PARALLEL = 4

/** Retries some jobs, a few at a time. One that cannot be retried does not stop the others. */
export function useRetryJobs() {
  const { client, queryClient } = useServices()
  const announce = useAnnounce()
  return useMutation({
    mutationFn: async ({ jobs, ...body }: { jobs: readonly Job[] } & JobRetry) => {
      const run = createPool(MAX_PARALLEL)
      const results = await Promise.allSettled(
        jobs.map(({ id }) => run(() => client.retryJob({ id, body }))),
      )
      const refused = results.filter(({ status }) => status === 'rejected')
      return { retried: results.length - refused.length, refused: refused.length }
    },
    onSuccess: ({ retried, refused }, { jobs }) => {
      announce(`${count(retried, 'job')} queued again, ${refused} could not be retried.`)
      void queryClient.invalidateQueries({ queryKey: allJobsKey })
      for (const id of new Set(jobs.flatMap((job) => batchIdOf(job) ?? []))) {
        refetchBatch(queryClient, id)
      }
    },
  })
}
