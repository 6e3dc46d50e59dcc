import type { Job, JobRetry } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { useServices } from '../../../lib/services/services.ts'
import { applyJob } from './apply-job-events.ts'
import { batchIdOf, batchKey, refetchBatch } from './get-batch.ts'

export function useCancelJob() {
  const { client } = useServices()
  return useChangeJob((id: string) => client.cancelJob({ id }))
}

/** Of a batch: all of its jobs that failed or were canceled. */
export function useRetryJob() {
  const { client } = useServices()
  return useChangeJob(({ id, ...body }: { id: string } & JobRetry) => client.retryJob({ id, body }))
}

/** A batch ends with the images that have arrived. */
export function useCloseBatch() {
  const { client } = useServices()
  return useChangeJob((id: string) => client.closeBatch({ id }))
}

function useChangeJob<Input>(mutationFn: (input: Input) => Promise<Job>) {
  const { queryClient, live } = useServices()
  return useMutation({
    mutationFn,
    onSuccess: (job) => {
      if (job.kind === 'batch') queryClient.setQueryData(batchKey(job.id), job)
      const batchId = batchIdOf(job)
      if (batchId !== null) refetchBatch(queryClient, batchId)
      // While the stream is open, its events say the same in order; this response may come late.
      if (job.parentId === null && live.state.get() !== 'open') applyJob(queryClient, job)
    },
  })
}
