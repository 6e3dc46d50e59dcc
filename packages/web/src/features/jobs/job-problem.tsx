import type { Job } from '@descry/contract'
import { formatRecentTime } from '../../lib/format.ts'

/** Why a job failed, or why it waits and until when. */
export function JobProblem({ job: { status, error, runAfter } }: { job: Job }) {
  if (status === 'done') return null
  const isFailed = status === 'failed'
  const isPutOff = status === 'queued' && runAfter !== null
  if (!error && !isPutOff) return null
  return (
    <p className={`measure mt-0.5 text-small wrap-anywhere ${isFailed ? 'text-alarm' : 'text-n7'}`}>
      {isPutOff && `Put off until ${formatRecentTime(runAfter)}. `}
      {error && `${isFailed || isPutOff ? '' : 'Last attempt: '}${error.message}`}
    </p>
  )
}
