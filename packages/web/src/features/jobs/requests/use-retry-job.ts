import type { JobRetry } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { useServices } from '../../../lib/services.ts'
import { applyJob } from './apply-job-events.ts'

export function useRetryJob() {
  const { client, queryClient, live } = useServices()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string } & JobRetry) => client.retryJob({ id, body }),
    onSuccess: (job) => {
      // While the stream is open, its events say the same in order; this response may come late.
      if (live.state.get() !== 'open') applyJob(queryClient, job)
    },
  })
}
