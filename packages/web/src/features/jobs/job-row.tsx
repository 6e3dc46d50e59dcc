import type { Job } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { Images } from 'lucide-react'
import { Disclosure } from '../../components/disclosure.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { Thumbnail } from '../../components/thumbnail.tsx'
import { TraceList } from '../../components/trace-list.tsx'
import { styleLabels } from '../../lib/captions/style-labels.ts'
import { count, formatDateTime, formatRecentTime } from '../../lib/format.ts'
import { JobActions } from './job-actions.tsx'

/** One job: its image, its progress, what went wrong, and what can be done. Its list names the status. */
export function JobRow({ job }: { job: Job }) {
  const { status, name, error, createdAt } = job
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 border-b border-n3 py-3 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      {job.kind !== 'caption' ? (
        <span className="grid size-16 place-items-center rounded-sm bg-n3 text-n7">
          <Images size={20} aria-hidden />
        </span>
      ) : (
        <Link to="/" search={{ image: job.imageId }} className="h-fit shrink-0 rounded-sm">
          <Thumbnail
            imageId={job.imageId}
            alt={`Image of job ${job.id.slice(-6)}`}
            className="block size-16"
          />
        </Link>
      )}
      <div className="min-w-0">
        <div className="flex items-baseline justify-between gap-x-4">
          <p className="min-w-0 truncate" title={name ?? undefined}>
            {name ?? unnamed[job.kind]}
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
        {job.runAfter && status === 'queued' && (
          <p className="mt-0.5 text-small text-n7">Put off until {formatDateTime(job.runAfter)}.</p>
        )}
        {error && status !== 'done' && (
          <p
            className={`measure mt-0.5 text-small wrap-anywhere ${status === 'failed' ? 'text-alarm' : 'text-n7'}`}
          >
            {status === 'failed' ? '' : 'Last attempt: '}
            {error.message}
          </p>
        )}
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

const unnamed = { caption: 'Unnamed image', batch: 'Batch', other: 'Background work' }

/** What a job is about, in a line. */
function describeWork(job: Job): string {
  if (job.kind === 'batch') {
    const { failed, total } = job.progress
    return `${count(total, 'image')}${failed > 0 ? ` · ${failed} failed` : ''}`
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
        {progress.done} of {count(progress.total, what)}
      </span>
    </div>
  )
}
