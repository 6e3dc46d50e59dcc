import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button, buttonClass } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { formatNumber } from '../../../lib/format.ts'
import { useServices } from '../../../lib/services/services.ts'
import { batchQuery } from '../requests/get-batch.ts'
import { BatchFailures } from './batch-failures.tsx'
import { BatchHeader } from './batch-header.tsx'
import { BatchList } from './batch-list.tsx'
import { isIncomplete } from './batch-title.ts'
import { isOnItsWay } from './create-uploads.ts'
import { MissingImages, RefusedFiles } from './upload-notes.tsx'
import { useUploadsOf } from './uploads-context.ts'

type Props = {
  batchId: string
  /** Whether only the failed jobs are shown, by kind of failure. */
  isOnlyFailed: boolean
  onOpen: (imageId: string) => void
  /** Opens the file chooser. */
  onAdd: () => void
  /** The ways to add images. */
  children: ReactNode
}

/** A batch of images: its progress, what is missing, and its images as a list that fills in live. */
export function BatchView({ batchId, isOnlyFailed, onOpen, onAdd, children }: Props) {
  const { client } = useServices()
  const { data: batch, error, refetch } = useQuery(batchQuery(client, batchId))
  const uploads = useUploadsOf(batchId)
  const pending = uploads.filter(isOnItsWay)
  if (!batch) {
    return error ? (
      <ErrorNote error={error} kept="Batches are deleted some time after they end; captions stay.">
        <Button onClick={() => refetch()}>Try again</Button>
        <Link to="/jobs" className={buttonClass()}>
          See all jobs
        </Link>
      </ErrorNote>
    ) : (
      <SkeletonLines widths={['30%', '100%', '95%', '98%']} />
    )
  }
  const { failed } = batch.progress
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <BatchHeader batch={batch} isUploading={pending.length > 0} />
      {isIncomplete(batch) && pending.length === 0 && <MissingImages batch={batch} onAdd={onAdd} />}
      <RefusedFiles batchId={batchId} refused={uploads.filter((upload) => !isOnItsWay(upload))} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {children}
        {(failed > 0 || isOnlyFailed) && (
          <FailedFilter batchId={batchId} failed={failed} isOnlyFailed={isOnlyFailed} />
        )}
      </div>
      {isOnlyFailed ? (
        <BatchFailures batchId={batchId} />
      ) : (
        <BatchList batch={batch} pending={pending} onOpen={onOpen} />
      )}
    </div>
  )
}

const filterClass =
  'inline-flex min-h-9 items-center rounded-md px-3 text-small font-medium text-n8 hover:bg-n3 aria-[current=page]:bg-n3 aria-[current=page]:text-n9 pointer-coarse:min-h-11'

function FailedFilter({
  batchId,
  failed,
  isOnlyFailed,
}: {
  batchId: string
  failed: number
  isOnlyFailed: boolean
}) {
  const props = (isCurrent: boolean) =>
    ({
      className: filterClass,
      resetScroll: false,
      activeOptions: { exact: true, includeSearch: true },
      'aria-current': isCurrent ? 'page' : undefined,
    }) as const
  return (
    <nav aria-label="Images of the batch" className="flex gap-1">
      <Link to="/" search={{ batch: batchId }} {...props(!isOnlyFailed)}>
        All
      </Link>
      <Link to="/" search={{ batch: batchId, show: 'failed' }} {...props(isOnlyFailed)}>
        {formatNumber(failed)} failed
      </Link>
    </nav>
  )
}
