import type { Job, JobRetry } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { useServices } from '../../../lib/services/services.ts'
import { applyJob } from './apply-job-events.ts'

export function useCancelJob() {
  const { client } = useServices()
  return useChangeJob((id: string) => client.cancelJob({ id }))
}

export function useRetryJob() {
  const { client } = useServices()
  return useChangeJob(({ id, ...body }: { id: string } & JobRetry) => client.retryJob({ id, body }))
}

function useChangeJob<Input>(mutationFn: (input: Input) => Promise<Job>) {
  const { queryClient, live } = useServices()
  return useMutation({
    mutationFn,
    onSuccess: (job) => {
      // While the stream is open, its events say the same in order; this response may come late.
      if (live.state.get() !== 'open') applyJob(queryClient, job)
    },
  })
}
