import type { JobStatus } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { shownStatuses, statusLabels } from './job-statuses.ts'

const linkClass =
  'inline-flex min-h-9 shrink-0 items-center rounded-md px-3 text-small font-medium text-n8 hover:bg-n3 aria-[current=page]:bg-n3 aria-[current=page]:text-n9 pointer-coarse:min-h-11'

/** Chooses which jobs are shown. The choice is part of the address. */
export function JobFilter({ status }: { status: JobStatus | undefined }) {
  return (
    <nav aria-label="Jobs by status" className="-m-1 flex gap-1 overflow-x-auto p-1">
      <Link to="/jobs" search={{}} className={linkClass} {...currentProps(!status)}>
        All
      </Link>
      {shownStatuses.map((each) => (
        <Link
          key={each}
          to="/jobs"
          search={{ status: each }}
          className={linkClass}
          {...currentProps(each === status)}
        >
          {statusLabels[each]}
        </Link>
      ))}
    </nav>
  )
}

// The router marks every link to this path as current, whatever its search parameters: we set it ourselves.
const currentProps = (isCurrent: boolean) =>
  ({
    activeOptions: { exact: true, includeSearch: true },
    'aria-current': isCurrent ? 'page' : undefined,
  }) as const
