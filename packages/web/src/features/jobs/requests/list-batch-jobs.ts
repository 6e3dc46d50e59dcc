import type { Client, Job, JobStatus } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'
import { pagedQuery } from '../../../lib/server/paged-query.ts'

/** How many jobs are read at once. */
export const PAGE_SIZE = 50
const MAX_LIMIT = 100

export const batchJobsKey = (batchId: string) => ['batch-jobs', batchId] as const
export const batchPagesKey = (batchId: string) => [...batchJobsKey(batchId), 'page'] as const
export const batchPageKey = (batchId: string, page: number) =>
  [...batchPagesKey(batchId), page] as const

/** Some jobs of a batch in the order of their uploads: any page, without those before it. */
export const batchPageQuery = (client: Client, batchId: string, page: number) =>
  queryOptions({
    queryKey: batchPageKey(batchId, page),
    queryFn: async ({ signal }): Promise<Job[]> => {
      const query = { offset: page * PAGE_SIZE, limit: PAGE_SIZE }
      return (await client.listJobs({ batchId, order: 'oldest', ...query }, { signal })).items
    },
  })

/** The first job of a batch with some status, if there is one. */
export const firstJobQuery = (client: Client, batchId: string, status: JobStatus) =>
  queryOptions({
    queryKey: [...batchJobsKey(batchId), 'first', status],
    queryFn: async ({ signal }): Promise<Job | null> => {
      const query = { batchId, status, order: 'oldest', limit: 1 } as const
      return (await client.listJobs(query, { signal })).items[0] ?? null
    },
  })

/** The jobs of a batch that failed. */
export const batchFailuresQuery = (client: Client, batchId: string) =>
  pagedQuery({
    queryKey: [...batchJobsKey(batchId), 'failed'],
    limit: MAX_LIMIT,
    load: (request, options) =>
      client.listJobs({ batchId, status: 'failed', order: 'oldest', ...request }, options),
  })

/** The names of all files that have arrived. */
export async function listArrivedNames(
  client: Pick<Client, 'listJobs'>,
  batchId: string,
): Promise<string[]> {
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = { limit: MAX_LIMIT, ...(cursor !== undefined && { cursor }) }
    const { items, next } = await client.listJobs({ batchId, order: 'oldest', ...page })
    names.push(...items.flatMap(({ name }) => name ?? []))
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return names
}
