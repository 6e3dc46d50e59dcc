import type { JobStatus } from '@descry/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { buttonClass } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useServices } from '../../lib/services.ts'
import { JobSection } from './job-section.tsx'
import { jobsQuery } from './requests/list-jobs.ts'
import { shownStatuses } from './status-titles.ts'

/** All jobs, what moves first; or those in one state. */
export function JobsView({ status }: { status: JobStatus | undefined }) {
  const isEmpty = useHasNoJobs()
  if (isEmpty) {
    return (
      <EmptyState
        title="No jobs yet"
        text="Several images dropped at once become jobs: work that goes on when this page is closed."
      >
        <Link to="/" className={buttonClass('primary')}>
          Drop images
        </Link>
      </EmptyState>
    )
  }
  return (status ? [status] : shownStatuses).map((each) => (
    <JobSection key={each} status={each} isAlone={status !== undefined} />
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
