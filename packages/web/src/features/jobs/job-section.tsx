import type { Job, JobStatus } from '@descry/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '../../components/button.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SkeletonLines } from '../../components/skeleton-lines.tsx'
import { useServices } from '../../lib/services/services.ts'
import { FailureGroups } from './failure-groups.tsx'
import { JobRow } from './job-row.tsx'
import { statusLabels } from './job-statuses.ts'
import { jobsQuery } from './requests/list-jobs.ts'
import { useAllPages } from './use-all-pages.ts'

type Props = { status: JobStatus; isOnly: boolean }

/** The jobs with one status. An empty section is shown only if it was asked for. */
export function JobSection({ status, isOnly }: Props) {
  const { client } = useServices()
  const query = useInfiniteQuery(jobsQuery(client, status))
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query
  const jobs = data?.pages.flatMap(({ items }) => items) ?? []
  useAllPages(query, { isWanted: status === 'failed' })

  if (query.isPending) return isOnly ? <SkeletonLines widths={['100%', '98%', '99%']} /> : null
  if (jobs.length === 0 && !isError && !isOnly) return null
  return (
    <section aria-label={statusLabels[status]} className="mt-6">
      <h2 className="text-large font-medium">
        {statusLabels[status]}{' '}
        <span className="text-n7">
          {jobs.length}
          {hasNextPage ? '+' : ''}
        </span>
      </h2>
      {isError && (
        <ErrorNote error={query.error} kept="The jobs continue on the server.">
          <Button onClick={() => query.refetch()}>Try again</Button>
        </ErrorNote>
      )}
      {jobs.length === 0 && !isError && <p className="mt-2 text-n7">No jobs with this status.</p>}
      <JobList status={status} jobs={jobs} />
      {hasNextPage && (
        <Button className="mt-3" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  )
}

function JobList({ status, jobs }: { status: JobStatus; jobs: readonly Job[] }) {
  if (jobs.length === 0) return null
  if (status === 'failed') {
    return (
      <div className="mt-3">
        <FailureGroups jobs={jobs} />
      </div>
    )
  }
  return (
    <ul className="mt-1 grid gap-x-12 xl:grid-cols-2 3xl:grid-cols-3">
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  )
}
