import type { BatchJob } from '@descry/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Button, buttonClass } from '../../../components/button.tsx'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { describeError } from '../../../lib/failures/describe-error.ts'
import { count, formatDuration, formatNumber, formatRecentTime } from '../../../lib/format.ts'
import { useAnnounce } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { firstJobQuery } from '../requests/list-batch-jobs.ts'
import { useCancelJob, useRetryJob } from '../requests/use-change-job.ts'
import { useBatchRate } from './batch-rate.ts'
import { isIncomplete } from './batch-title.ts'
import { useUploads } from './uploads-context.ts'

type Props = {
  batch: BatchJob
  /** Whether this page sends files of it. */
  isUploading: boolean
}

/** What a batch is called, how many of its images are finished, and what can be done. */
export function BatchHeader({ batch, isUploading }: Props) {
  const { name, progress } = batch
  useAnnounceProgress(batch)
  return (
    <section
      aria-label="Progress of the batch"
      className="-mt-4 flex flex-col gap-2 bg-n1 pt-4 pb-1 sm:sticky sm:top-12 sm:z-10"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-64 grow basis-0">
          <h1 className="truncate text-large font-medium" title={name ?? undefined}>
            {name ?? <Counts batch={batch} />}
          </h1>
          {name !== null && (
            <p>
              <Counts batch={batch} />
            </p>
          )}
          <p className="text-small text-n7">
            <State batch={batch} isUploading={isUploading} />
          </p>
        </div>
        <Actions batch={batch} />
      </div>
      <ProgressBar done={progress.done} total={progress.total} label="Finished images" />
    </section>
  )
}

function Counts({ batch: { status, progress } }: { batch: BatchJob }) {
  const { done, failed, total } = progress
  return (
    <>
      {status === 'canceled'
        ? `Canceled, ${count(total, 'image')}`
        : `${formatNumber(done)} of ${count(total, 'image')}`}
      {failed > 0 && <span className="text-alarm">, {formatNumber(failed)} failed</span>}
    </>
  )
}

function State({ batch, isUploading }: Props) {
  const rate = useBatchRate(batch.progress)
  const postponement = usePostponement(batch)
  if (batch.status !== 'processing') return describeEnd(batch)
  const pace = rate
    ? `${rate.perSecond.toFixed(1)} per second, ${formatDuration(rate.leftMs)} left. `
    : (postponement ?? '')
  if (isUploading) {
    const { items, progress } = batch
    return `${pace}${formatNumber(items)} of ${count(progress.total, 'image')} have arrived. Keep this page open until all have.`
  }
  return isIncomplete(batch) ? pace : `${pace}All have arrived: you can close this page.`
}

function describeEnd({ status, items }: BatchJob): string {
  if (status === 'canceled') {
    return items > 0 ? 'What was captioned before is kept in History.' : 'No image arrived.'
  }
  if (status === 'failed') return 'None of them could be captioned.'
  return 'All finished. The captions are kept in History.'
}

/** Why nothing happens: even the job whose turn is next must wait. */
function usePostponement(batch: BatchJob): string | undefined {
  const { client } = useServices()
  const { data } = useQuery({
    ...firstJobQuery(client, batch.id, 'queued'),
    enabled: batch.status === 'processing',
  })
  if (!data?.runAfter) return undefined
  const reason = data.error ? `${data.error.message} ` : ''
  return `Waiting until ${formatRecentTime(data.runAfter)}. ${reason}`
}

function Actions({ batch: { id, status, progress } }: { batch: BatchJob }) {
  const { client } = useServices()
  const canceled = useQuery({
    ...firstJobQuery(client, id, 'canceled'),
    enabled: status === 'canceled',
  })
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
      {(progress.failed > 0 || (status === 'canceled' && canceled.data)) && (
        <Button disabled={retry.isPending} onClick={() => retry.mutate({ id })}>
          {status === 'canceled'
            ? 'Caption the others too'
            : `Retry ${formatNumber(progress.failed)} failed`}
        </Button>
      )}
      {isRunning && (
        <Button
          disabled={cancel.isPending}
          onClick={() => cancel.mutate(id, { onSuccess: () => uploads.drop(id) })}
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
