import type { Job } from '@descry/contract'
import { useQuery } from '@tanstack/react-query'
import { Filmstrip } from '../../../components/filmstrip.tsx'
import { useServices } from '../../../lib/services/services.ts'
import { batchPageQuery, batchPagesKey } from '../requests/list-batch-jobs.ts'

type Props = { batchId: string; imageId: string | undefined }

/** The images of a batch around the open one, or the first ones if the list was not scrolled to it. */
export function BatchFilmstrip({ batchId, imageId }: Props) {
  const { client, queryClient } = useServices()
  const loaded = queryClient.getQueriesData<Job[]>({ queryKey: batchPagesKey(batchId) })
  const key = loaded.find(([, jobs]) => jobs?.some((job) => imageOf(job) === imageId))?.[0]
  const { data = [] } = useQuery(batchPageQuery(client, batchId, Number(key?.at(-1) ?? 0)))
  const imageIds = data.flatMap((job) => imageOf(job) ?? [])
  return <Filmstrip label="This batch" imageIds={[...new Set(imageIds)]} batchId={batchId} />
}

const imageOf = (job: Job) => (job.kind === 'caption' ? job.imageId : undefined)
