import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { useServices } from '../../../lib/services/services.ts'
import { FailureGroups } from '../failure-groups.tsx'
import { batchFailuresQuery } from '../requests/list-batch-jobs.ts'
import { useAllPages } from '../use-all-pages.ts'

/** The failed jobs of a batch by kind of failure. */
export function BatchFailures({ batchId }: { batchId: string }) {
  const { client } = useServices()
  const query = useInfiniteQuery(batchFailuresQuery(client, batchId))
  useAllPages(query)
  const jobs = query.data?.pages.flatMap(({ items }) => items) ?? []
  if (query.isPending) return <SkeletonLines widths={['100%', '98%', '99%']} />
  if (query.isError) {
    return (
      <ErrorNote error={query.error}>
        <Button onClick={() => query.refetch()}>Try again</Button>
      </ErrorNote>
    )
  }
  if (jobs.length === 0) return <p className="text-n7">No image of this batch has failed.</p>
  return (
    <>
      <h2 className="sr-only">Failed images</h2>
      <FailureGroups jobs={jobs} isRetriedAbove />
    </>
  )
}
