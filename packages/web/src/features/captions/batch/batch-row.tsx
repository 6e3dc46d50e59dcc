import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../components/button.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { canForceJob } from '../../../lib/failures/can-force.ts'
import { describeError } from '../../../lib/failures/describe-error.ts'
import { useServices } from '../../../lib/services/services.ts'
import { jobResultQuery } from '../requests/get-job-result.ts'
import { type BatchItem, itemStatus } from './batch-item.ts'
import { ItemThumbnail } from './item-thumbnail.tsx'
import { StatusLabel } from './status-label.tsx'

type Props = {
  item: BatchItem
  onRetry: () => void
  /** Captions the image even if it does not look like a photo. */
  onForce: () => void
  onOpen: (imageId: string) => void
}

/** One image of a batch: its file, its progress and its captions. */
export function BatchRow({ item, onRetry, onForce, onOpen }: Props) {
  const { client } = useServices()
  const status = itemStatus(item)
  const { data } = useQuery({
    ...jobResultQuery(client, item.job?.id ?? ''),
    enabled: status === 'done',
  })
  const texts = data?.captions.map(({ text }) => text) ?? []
  const imageId = item.job?.imageId

  return (
    <div className="flex gap-3 border-b border-n3 py-3 pr-1 sm:gap-4">
      <OpenButton name={item.file.name} onOpen={imageId ? () => onOpen(imageId) : undefined}>
        <ItemThumbnail item={item} className="size-16 sm:size-20" />
      </OpenButton>
      <div className="min-w-0 grow">
        <div className="flex items-center justify-between gap-4">
          <p className="min-w-0 truncate text-small text-n7" title={item.file.name}>
            {item.file.name}
          </p>
          <StatusLabel status={status} />
        </div>
        <div className="mt-1 flex flex-col items-start justify-between gap-x-3 max-sm:[&>button]:-ml-3 sm:flex-row">
          <div className="measure min-w-0 grow wrap-anywhere">
            {texts.map((text) => (
              <p key={text}>{text}</p>
            ))}
            {status === 'done' && !data && <SkeletonLines widths={['80%']} />}
            {status === 'failed' && <Reason error={item.job?.error ?? item.error} />}
          </div>
          {texts.length > 0 && <CopyButton text={texts.join('\n')} label="Copy" what="caption" />}
          {item.job && canForceJob(item.job) ? (
            <Button
              variant="ghost"
              onClick={onForce}
              aria-label={`Caption ${item.file.name} anyway`}
            >
              Caption it anyway
            </Button>
          ) : (
            (status === 'failed' || status === 'canceled') && (
              <Button variant="ghost" onClick={onRetry} aria-label={`Retry ${item.file.name}`}>
                <RotateCcw size={16} aria-hidden />
                Retry
              </Button>
            )
          )}
        </div>
      </div>
    </div>
  )
}

type OpenProps = { name: string; onOpen: (() => void) | undefined; children: ReactNode }

function OpenButton({ name, onOpen, children }: OpenProps) {
  return (
    <button
      type="button"
      onClick={onOpen}
      disabled={!onOpen}
      aria-label={`Open ${name}`}
      className="h-fit shrink-0 rounded-sm"
    >
      {children}
    </button>
  )
}

function Reason({ error }: { error: unknown }) {
  return <p className="text-small text-alarm">{explainFailure(error)}</p>
}

/** The failure of a job is plain data, that of an upload is an Error. */
function explainFailure(error: unknown): string {
  if (error && typeof error === 'object' && 'message' in error && !(error instanceof Error)) {
    return String(error.message)
  }
  const { title, detail } = describeError(error)
  return detail || title
}
