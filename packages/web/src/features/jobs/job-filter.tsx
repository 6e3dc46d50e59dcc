import type { JobStatus } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { shownStatuses, statusTitles } from './status-titles.ts'

const linkClass =
  'inline-flex min-h-9 shrink-0 items-center rounded-md px-3 text-small font-medium text-n8 hover:bg-n3 aria-[current=page]:bg-n3 aria-[current=page]:text-n9 pointer-coarse:min-h-11'

/** Which jobs are shown; the choice is in the address. */
export function JobFilter({ status }: { status: JobStatus | undefined }) {
  return (
    <nav aria-label="Jobs by status" className="-m-1 flex gap-1 overflow-x-auto p-1">
      <Link to="/jobs" search={{}} className={linkClass} {...current(!status)}>
        All
      </Link>
      {shownStatuses.map((each) => (
        <Link
          key={each}
          to="/jobs"
          search={{ status: each }}
          className={linkClass}
          {...current(each === status)}
        >
          {statusTitles[each]}
        </Link>
      ))}
    </nav>
  )
}

// The router marks every link to this path as current, whatever its search says: we say it ourselves.
const current = (isCurrent: boolean) =>
  ({
    activeOptions: { exact: true, includeSearch: true },
    'aria-current': isCurrent ? 'page' : undefined,
  }) as const
