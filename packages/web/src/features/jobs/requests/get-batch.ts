import type { BatchJob, Client, Job } from '@descry/contract'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { batchJobsKey } from './list-batch-jobs.ts'

export const batchKey = (id: string) => ['batch', id] as const

export const batchQuery = (client: Client, id: string) =>
  queryOptions({
    queryKey: batchKey(id),
    queryFn: async ({ signal }): Promise<BatchJob> => {
      const job = await client.getJob({ id }, { signal })
      if (job.kind !== 'batch') throw new Error(`The job ${id} is not a batch.`)
      return job
    },
  })

/** The batch that a job is, or is part of. */
export const batchIdOf = ({
  id,
  kind,
  parentId,
}: Pick<Job, 'id' | 'parentId'> & { kind: string }) => (kind === 'batch' ? id : parentId)

/** Reads a batch, and what is shown of its jobs, again. */
export function refetchBatch(queryClient: QueryClient, id: string): void {
  void queryClient.invalidateQueries({ queryKey: batchKey(id) })
  void queryClient.invalidateQueries({ queryKey: batchJobsKey(id) })
}
