import type { CaptionJob } from '@descry/contract'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../components/button.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { Thumbnail } from '../../../components/thumbnail.tsx'
import { canForceJob } from '../../../lib/failures/can-force.ts'
import { describeError } from '../../../lib/failures/describe-error.ts'
import { useServices } from '../../../lib/services/services.ts'
import { JobProblem } from '../job-problem.tsx'
import { jobResultQuery } from '../requests/get-job-result.ts'
import { useRetryJob } from '../requests/use-change-job.ts'
import type { Upload } from './create-uploads.ts'
import { FileThumbnail } from './file-thumbnail.tsx'
import { type Status, StatusLabel } from './status-label.tsx'

const PICTURE = 'size-16 sm:size-20'

type Props = { job: CaptionJob; onOpen: (imageId: string) => void }

/** One image of a batch: its name, its status and its captions. */
export function BatchRow({ job, onOpen }: Props) {
  const { client } = useServices()
  const { id, status, imageId } = job
  const name = job.name ?? 'Unnamed image'
  const { data } = useQuery({ ...jobResultQuery(client, id), enabled: status === 'done' })
  const captions = data?.captions ?? []
  const picture = (
    <button
      type="button"
      onClick={() => onOpen(imageId)}
      aria-label={`Open ${name}`}
      className="h-fit shrink-0 rounded-sm"
    >
      <Thumbnail imageId={imageId} className={`block ${PICTURE}`} />
    </button>
  )
  return (
    <RowFrame name={name} status={status} picture={picture}>
      <div className="measure min-w-0 grow wrap-anywhere">
        {captions.map((caption) => (
          <p key={caption.id}>{caption.text}</p>
        ))}
        {status === 'done' && !data && <SkeletonLines widths={['80%']} />}
        <JobProblem job={job} />
      </div>
      {captions.length > 0 && (
        <CopyButton
          text={captions.map(({ text }) => text).join('\n')}
          label="Copy"
          what={`caption of ${name}`}
        />
      )}
      <RetryButton job={job} name={name} />
    </RowFrame>
  )
}

function RetryButton({ job, name }: { job: CaptionJob; name: string }) {
  const { mutate, isPending, error } = useRetryJob()
  const { id, status } = job
  if (status !== 'failed' && status !== 'canceled') return null
  const force = canForceJob(job)
  return (
    <>
      {error && (
        <p role="alert" className="text-small text-alarm">
          {describeError(error).detail}
        </p>
      )}
      <Button
        variant="ghost"
        disabled={isPending}
        onClick={() => mutate(force ? { id, force } : { id })}
        aria-label={force ? `Caption ${name} anyway` : `Retry ${name}`}
      >
        {!force && <RotateCcw size={16} aria-hidden />}
        {force ? 'Caption it anyway' : 'Retry'}
      </Button>
    </>
  )
}

/** A file on its way to the server. */
export function UploadRow({ upload: { file, state } }: { upload: Upload }) {
  const status = state === 'uploading' ? 'uploading' : 'waiting'
  const picture = <FileThumbnail file={file} className={PICTURE} />
  return <RowFrame name={file.name} status={status} picture={picture} />
}

/** An image that is being read from the server. */
export const LoadingRow = () => (
  <div className="flex gap-3 border-b border-n3 py-3 sm:gap-4">
    <Thumbnail imageId={undefined} className={`shrink-0 ${PICTURE}`} />
    <div className="grow">
      <SkeletonLines widths={['30%', '70%']} />
    </div>
  </div>
)

type FrameProps = { name: string; status: Status; picture: ReactNode; children?: ReactNode }

function RowFrame({ name, status, picture, children }: FrameProps) {
  return (
    <div className="flex gap-3 border-b border-n3 py-3 pr-1 sm:gap-4">
      {picture}
      <div className="min-w-0 grow">
        <div className="flex items-center justify-between gap-4">
          <p className="min-w-0 truncate text-small text-n7" title={name}>
            {name}
          </p>
          <StatusLabel status={status} />
        </div>
        <div className="mt-1 flex flex-col items-start justify-between gap-x-3 max-sm:[&>button]:-ml-3 sm:flex-row">
          {children}
        </div>
      </div>
    </div>
  )
}
