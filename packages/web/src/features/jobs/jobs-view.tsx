import type { JobStatus } from '@descry/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { buttonClass } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useServices } from '../../lib/services/services.ts'
import { JobSection } from './job-section.tsx'
import { shownStatuses } from './job-statuses.ts'
import { jobsQuery } from './requests/list-jobs.ts'

/** All jobs, active ones first, or those with one status. */
export function JobsView({ status }: { status: JobStatus | undefined }) {
  const isEmpty = useHasNoJobs()
  if (isEmpty) {
    return (
      <EmptyState
        title="No jobs yet"
        text="Drop several images at once and each becomes a job, which continues when you close this page."
      >
        <Link to="/" className={buttonClass('primary')}>
          Caption images
        </Link>
      </EmptyState>
    )
  }
  return (status ? [status] : shownStatuses).map((each) => (
    <JobSection key={each} status={each} isOnly={status !== undefined} />
  ))
}

function useHasNoJobs(): boolean {
  const { client } = useServices()
  const queries = [
    useInfiniteQuery(jobsQuery(client, 'processing')),
    useInfiniteQuery(jobsQuery(client, 'queued')),
    useInfiniteQuery(jobsQuery(client, 'failed')),
    useInfiniteQuery(jobsQuery(client, 'done')),
    useInfiniteQuery(jobsQuery(client, 'canceled')),
  ]
  return queries.every(({ data }) => data?.pages.every(({ items }) => items.length === 0))
}
