import type { BatchJob } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Button, buttonClass } from '../../../components/button.tsx'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { describeError } from '../../../lib/failures/describe-error.ts'
import { count, formatDuration, formatNumber } from '../../../lib/format.ts'
import { useAnnounce } from '../../../lib/services/notices.ts'
import { useCancelJob, useRetryJob } from '../requests/use-change-job.ts'
import { useBatchRate } from './batch-rate.ts'
import { batchTitle, isIncomplete } from './batch-title.ts'
import { useUploads } from './uploads-context.ts'

type Props = {
  batch: BatchJob
  /** Whether this page sends files of it. */
  isUploading: boolean
}

/** What a batch is called, how many of its images are finished, and what can be done. */
export function BatchHeader({ batch, isUploading }: Props) {
  const { done, failed, total } = batch.progress
  useAnnounceProgress(batch)
  return (
    <section
      aria-label="Progress of the batch"
      className="sticky top-12 z-10 -mt-4 flex flex-col gap-2 bg-n1 pt-4 pb-1"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h1 className="truncate text-large font-medium" title={batchTitle(batch)}>
            {batchTitle(batch)}
          </h1>
          <p>
            {batch.status === 'canceled'
              ? 'Canceled'
              : `${formatNumber(done)} of ${count(total, 'image')}`}
            {failed > 0 && <span className="text-alarm">, {formatNumber(failed)} failed</span>}
          </p>
          <p className="text-small text-n7">
            <State batch={batch} isUploading={isUploading} />
          </p>
        </div>
        <Actions batch={batch} />
      </div>
      <ProgressBar done={done} total={total} label="Finished images" />
    </section>
  )
}

function State({ batch, isUploading }: Props) {
  const { status, items, progress } = batch
  const rate = useBatchRate(progress)
  if (status === 'canceled') return 'What was captioned before is kept in History.'
  if (status === 'failed') return 'None of them could be captioned.'
  if (status === 'done') return 'All finished. The captions are kept in History.'
  const speed = rate
    ? `${rate.perSecond.toFixed(1)} per second, ${formatDuration(rate.leftMs)} left. `
    : ''
  if (isUploading) {
    return `${speed}${formatNumber(items)} of ${count(progress.total, 'image')} have arrived. Keep this page open until all have.`
  }
  if (isIncomplete(batch)) return speed
  return `${speed}All have arrived: you can close this page.`
}

function Actions({ batch: { id, status, items, progress } }: { batch: BatchJob }) {
  const uploads = useUploads()
  const cancel = useCancelJob()
  const retry = useRetryJob()
  const error = cancel.error ?? retry.error
  const isRunning = status === 'processing'
  const left = progress.total - progress.done
  return (
    <div className="flex flex-wrap items-center gap-2">
      {error && (
        <p role="alert" className="text-small text-alarm">
          {describeError(error).detail}
        </p>
      )}
      {(progress.failed > 0 || (status === 'canceled' && items > 0)) && (
        <Button disabled={retry.isPending} onClick={() => retry.mutate({ id })}>
          {status === 'canceled'
            ? 'Caption the others too'
            : `Retry ${formatNumber(progress.failed)} failed`}
        </Button>
      )}
      {isRunning && (
        <Button
          disabled={cancel.isPending}
          onClick={() => {
            uploads.drop(id)
            cancel.mutate(id)
          }}
        >
          Cancel {count(left, 'image')}
        </Button>
      )}
      {!isRunning && (
        <Link to="/" className={buttonClass()}>
          Caption other images
        </Link>
      )}
    </div>
  )
}

/** Has a screen reader say every tenth of the progress, not every image. */
function useAnnounceProgress({ progress: { done, failed, total } }: BatchJob): void {
  const announce = useAnnounce()
  const tenths = Math.floor((10 * done) / total)
  const announced = useRef(tenths)
  useEffect(() => {
    if (tenths > announced.current) {
      announce(`${done} of ${count(total, 'image')} finished, ${failed} failed.`)
    }
    announced.current = tenths
  }, [tenths, done, total, failed, announce])
}
