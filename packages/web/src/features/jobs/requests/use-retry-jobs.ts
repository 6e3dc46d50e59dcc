import type { Job, JobRetry } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { createPool } from '../../../lib/create-pool.ts'
import { count } from '../../../lib/format.ts'
import { useAnnounce } from '../../../lib/notices.ts'
import { useServices } from '../../../lib/services.ts'
import { allJobsKey } from './list-jobs.ts'

const AT_ONCE = 4

/** Retries many jobs, a few at a time; one that cannot be retried stops no other. */
export function useRetryJobs() {
  const { client, queryClient } = useServices()
  const announce = useAnnounce()
  return useMutation({
    mutationFn: async ({ jobs, ...body }: { jobs: readonly Job[] } & JobRetry) => {
      const run = createPool(AT_ONCE)
      const results = await Promise.allSettled(
        jobs.map(({ id }) => run(() => client.retryJob({ id, body }))),
      )
      const refused = results.filter(({ status }) => status === 'rejected')
      return { retried: results.length - refused.length, refused: refused.length }
    },
    onSuccess: ({ retried, refused }) => {
      announce(`${count(retried, 'job')} queued again, ${refused} could not be.`)
      void queryClient.invalidateQueries({ queryKey: allJobsKey })
    },
  })
}
