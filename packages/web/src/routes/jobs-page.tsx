import { getRouteApi } from '@tanstack/react-router'
import { JobFilter } from '../features/jobs/job-filter.tsx'
import { JobsView } from '../features/jobs/jobs-view.tsx'
import { useTitle } from './use-title.ts'

const route = getRouteApi('/jobs')

export function JobsPage() {
  useTitle('Jobs')
  const { status } = route.useSearch()
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-title font-medium">Jobs</h1>
        <JobFilter status={status} />
      </div>
      <JobsView status={status} />
    </>
  )
}
