import { useMutation } from '@tanstack/react-query'
import { useServices } from '../../../lib/services.ts'
import { applyJob } from './apply-job-events.ts'

export function useCancelJob() {
  const { client, queryClient, live } = useServices()
  return useMutation({
    mutationFn: (id: string) => client.cancelJob({ id }),
    onSuccess: (job) => {
      // While the stream is open, its events say the same in order; this response may come late.
      if (live.state.get() !== 'open') applyJob(queryClient, job)
    },
  })
}
