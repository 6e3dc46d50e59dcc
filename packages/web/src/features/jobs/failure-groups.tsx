import { type ErrorCode, errorCodes, type Job } from '@descry/contract'
import { Button } from '../../components/button.tsx'
import { errorTitles } from '../../lib/failures/error-titles.ts'
import { count } from '../../lib/format.ts'
import { JobRow } from './job-row.tsx'
import { useRetryJobs } from './requests/use-retry-jobs.ts'

/** A batch has no failure of its own: its jobs have. */
type FailureKind = ErrorCode | 'batch'
type FailureGroup = { kind: FailureKind; jobs: Job[] }
type Retry = ReturnType<typeof useRetryJobs>

type Props = {
  jobs: readonly Job[] /** Whether a button above retries all of them. */
  isRetriedAbove?: boolean
}

/** Failed jobs by kind of failure, with one button for all jobs of a kind. */
export function FailureGroups({ jobs, isRetriedAbove = false }: Props) {
  const retry = useRetryJobs()
  const groups = groupFailures(jobs)
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center gap-3 empty:hidden">
        {!isRetriedAbove && (
          <Button disabled={retry.isPending} onClick={() => retry.mutate({ jobs })}>
            Retry {jobs.length > 1 && 'all '}
            {count(jobs.length, 'failed job')}
          </Button>
        )}
        {retry.isPending && <p className="text-small text-n7">Retrying…</p>}
        {retry.data && retry.data.refused > 0 && (
          <p role="alert" className="text-small text-alarm">
            {count(retry.data.refused, 'job')} could not be retried.
          </p>
        )}
      </div>
      {groups.map((group) => (
        <Group key={group.kind} group={group} isOnly={groups.length === 1} retry={retry} />
      ))}
    </div>
  )
}

type GroupProps = { group: FailureGroup; isOnly: boolean; retry: Retry }

function Group({ group, isOnly, retry }: GroupProps) {
  const { kind, jobs } = group
  const title = kind === 'batch' ? 'Every image of the batch failed' : errorTitles[kind]
  return (
    <section aria-label={title}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">
          {title} <span className="text-n7">({jobs.length})</span>
        </h3>
        <GroupAction group={group} isOnly={isOnly} retry={retry} />
      </div>
      {kind !== 'batch' && !errorCodes[kind].retry && (
        <p className="text-small text-n7">
          Retrying will fail in the same way unless the settings change.
        </p>
      )}
      <ul className="grid gap-x-12 xl:grid-cols-2 3xl:grid-cols-3">
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  )
}

function GroupAction({ group: { kind, jobs }, isOnly, retry }: GroupProps) {
  const force = kind === 'not-a-photo'
  if (isOnly && !force) return null // the button above does the same
  return (
    <Button
      variant="ghost"
      disabled={retry.isPending}
      onClick={() => retry.mutate({ jobs, ...(force && { force }) })}
    >
      {force
        ? `Caption ${count(jobs.length, 'image')} anyway`
        : `Retry ${count(jobs.length, 'job')}`}
    </Button>
  )
}

/** Failed jobs by kind of failure, the most frequent kind first. */
export function groupFailures(jobs: readonly Job[]): FailureGroup[] {
  const kindOf = (job: Job): FailureKind =>
    job.kind === 'batch' ? 'batch' : (job.error?.code ?? 'internal')
  const groups = Map.groupBy(jobs, kindOf)
  return [...groups]
    .map(([kind, members]) => ({ kind, jobs: members }))
    .sort((one, other) => other.jobs.length - one.jobs.length)
}
