import type { Job } from '@descry/contract'
import { RotateCcw, X } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { canForceJob } from '../../lib/failures/can-force.ts'
import { describeError } from '../../lib/failures/describe-error.ts'
import { formatNumber } from '../../lib/format.ts'
import { useCancelJob, useRetryJob } from './requests/use-change-job.ts'

/** What can be done with a job in its status: cancel, retry, or force it. */
export function JobActions({ job }: { job: Job }) {
  const { id, status } = job
  const cancel = useCancelJob()
  const retry = useRetryJob()
  const error = cancel.error ?? retry.error
  return (
    <div className="col-start-2 -ml-3 flex flex-col items-start sm:col-start-3 sm:ml-0 sm:items-end">
      {(status === 'queued' || status === 'processing') && (
        <Button variant="ghost" disabled={cancel.isPending} onClick={() => cancel.mutate(id)}>
          <X size={16} aria-hidden />
          Cancel
        </Button>
      )}
      {canForceJob(job) ? (
        <Button
          variant="ghost"
          disabled={retry.isPending}
          onClick={() => retry.mutate({ id, force: true })}
        >
          Caption it anyway
        </Button>
      ) : (
        canRetry(job) && (
          <Button variant="ghost" disabled={retry.isPending} onClick={() => retry.mutate({ id })}>
            <RotateCcw size={16} aria-hidden />
            {job.kind === 'batch' && job.progress.failed > 0
              ? `Retry ${formatNumber(job.progress.failed)} failed`
              : 'Retry'}
          </Button>
        )
      )}
      {error && (
        <p role="alert" className="max-w-48 text-small text-alarm sm:text-right">
          {describeError(error).detail}
        </p>
      )}
    </div>
  )
}

/** A batch that has ended may have jobs that failed; one that nothing arrived for has none at all. */
function canRetry(job: Job): boolean {
  if (job.kind !== 'batch') return job.status === 'failed' || job.status === 'canceled'
  return job.progress.failed > 0 || (job.status === 'canceled' && job.items > 0)
}
