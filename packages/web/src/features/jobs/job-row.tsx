import type { Job } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { Cog, Images } from 'lucide-react'
import { Disclosure } from '../../components/disclosure.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { Thumbnail } from '../../components/thumbnail.tsx'
import { TraceList } from '../../components/trace-list.tsx'
import { styleLabels } from '../../lib/captions/style-labels.ts'
import { count, formatDateTime, formatNumber, formatRecentTime } from '../../lib/format.ts'
import { batchTitle, isIncomplete } from './batch/batch-title.ts'
import { JobActions } from './job-actions.tsx'
import { JobProblem } from './job-problem.tsx'

/** One job: its image, its progress, what went wrong, and what can be done. Its list names the status. */
export function JobRow({ job }: { job: Job }) {
  const { status, name, createdAt } = job
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 border-b border-n3 py-3 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <JobPicture job={job} />
      <div className="min-w-0">
        <div className="flex items-baseline justify-between gap-x-4">
          <p className="min-w-0 truncate" title={name ?? undefined}>
            <JobName job={job} />
          </p>
          <time
            dateTime={createdAt}
            title={formatDateTime(createdAt)}
            className="shrink-0 text-small text-n7"
          >
            {formatRecentTime(createdAt)}
          </time>
        </div>
        <p className="mt-0.5 text-small text-n7 wrap-anywhere">
          {describeWork(job)}
          {job.attempts > 0 && ` · ${count(job.attempts, 'attempt')}`}
          {job.interruptions > 0 && ` · ${count(job.interruptions, 'interruption')}`}
        </p>
        <JobProblem job={job} />
        {job.trace && status === 'failed' && (
          <Disclosure summary="What was tried">
            <div className="mt-2">
              <TraceList trace={job.trace} />
            </div>
          </Disclosure>
        )}
        {status === 'processing' && <JobProgress job={job} />}
      </div>
      <JobActions job={job} />
    </li>
  )
}

function JobPicture({ job }: { job: Job }) {
  if (job.kind === 'caption') {
    const search = { image: job.imageId, ...(job.parentId !== null && { batch: job.parentId }) }
    return (
      <Link to="/" search={search} className="h-fit shrink-0 rounded-sm">
        <Thumbnail
          imageId={job.imageId}
          alt={`Image of job ${job.id.slice(-6)}`}
          className="block size-16"
        />
      </Link>
    )
  }
  const Icon = job.kind === 'batch' ? Images : Cog
  return (
    <span className="grid size-16 place-items-center rounded-sm bg-n3 text-n7">
      <Icon size={20} aria-hidden />
    </span>
  )
}

function JobName({ job }: { job: Job }) {
  if (job.kind === 'caption') return job.name ?? 'Unnamed image'
  if (job.kind === 'other') return job.name ?? 'Background work'
  return (
    <Link
      to="/"
      search={{ batch: job.id }}
      className="rounded-sm font-medium underline-offset-2 hover:underline"
    >
      {batchTitle(job)}
    </Link>
  )
}

/** What a job is about, in a line. */
function describeWork(job: Job): string {
  if (job.kind === 'batch') {
    const { failed, total } = job.progress
    return [
      job.name === null ? 'Batch' : count(total, 'image'),
      ...(isIncomplete(job) ? [`${formatNumber(job.items)} arrived`] : []),
      ...(failed > 0 ? [`${formatNumber(failed)} failed`] : []),
    ].join(' · ')
  }
  if (job.kind === 'other') return job.work
  const { captioner = 'Chain', styles } = job.options
  return `${captioner} · ${styles.map((style) => styleLabels[style].name).join(', ')}`
}

function JobProgress({ job: { kind, progress } }: { job: Job }) {
  const what = { caption: 'caption', batch: 'image', other: 'item' }[kind]
  return (
    <div className="mt-2 flex max-w-md items-center gap-3 text-small text-n7">
      <ProgressBar done={progress.done} total={progress.total} label="Done" />
      <span className="shrink-0">
        {formatNumber(progress.done)} of {count(progress.total, what)}
      </span>
    </div>
  )
}
