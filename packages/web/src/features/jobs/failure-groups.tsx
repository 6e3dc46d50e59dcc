import type { Job } from '@descry/contract'
import { Button } from '../../components/button.tsx'
import { count } from '../../lib/format.ts'
import { failureTitle, isWorthRetrying } from './failure-words.ts'
import { groupFailures } from './group-failures.ts'
import { JobRow } from './job-row.tsx'
import { useRetryJobs } from './requests/use-retry-jobs.ts'

/** Failed jobs by kind of failure, each kind with one button for all of its jobs. */
export function FailureGroups({ jobs }: { jobs: readonly Job[] }) {
  const retry = useRetryJobs()
  const groups = groupFailures(jobs)
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={retry.isPending} onClick={() => retry.mutate({ jobs })}>
          Retry all {count(jobs.length, 'failed job')}
        </Button>
        {retry.isPending && <p className="text-small text-n7">Asking the server…</p>}
        {retry.data && retry.data.refused > 0 && (
          <p role="alert" className="text-small text-alarm">
            {count(retry.data.refused, 'job')} could not be retried.
          </p>
        )}
      </div>
      {groups.map(({ code, jobs: members }) => (
        <section key={code} aria-label={failureTitle(code)}>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-medium">
              {failureTitle(code)} <span className="text-n7">({members.length})</span>
            </h3>
            {code === 'not-a-photo' ? (
              <Button
                variant="ghost"
                disabled={retry.isPending}
                onClick={() => retry.mutate({ jobs: members, force: true })}
              >
                Caption these {members.length} anyway
              </Button>
            ) : (
              groups.length > 1 && (
                <Button
                  variant="ghost"
                  disabled={retry.isPending}
                  onClick={() => retry.mutate({ jobs: members })}
                >
                  Retry these {members.length}
                </Button>
              )
            )}
          </div>
          {!isWorthRetrying(code) && (
            <p className="text-small text-n7">
              The same attempt will fail the same way, unless the settings of the server change.
            </p>
          )}
          <ul className="grid gap-x-12 xl:grid-cols-2 3xl:grid-cols-3">
            {members.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
