import type { Caption } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { CopyButton } from '../../components/copy-button.tsx'
import { Thumbnail } from '../../components/thumbnail.tsx'
import { styleLabels } from '../../lib/captions/style-labels.ts'
import { formatDateTime, formatTimeOfDay } from '../../lib/format.ts'

/** One caption of the timeline with its image. All of it is a link to the image. */
export function HistoryEntry({ caption }: { caption: Caption }) {
  const { imageId, text, style, captioner, createdAt } = caption
  return (
    <article className="relative flex min-w-0 gap-4 rounded-md border border-transparent p-2 hover:border-n4 hover:bg-n0">
      <Thumbnail imageId={imageId} className="size-24 shrink-0" />
      <div className="flex min-w-0 grow flex-col">
        <p className="line-clamp-3 wrap-anywhere" title={text}>
          <Link to="/" search={{ image: imageId }} className="after:absolute after:inset-0">
            {text}
          </Link>
        </p>
        <div className="mt-auto flex items-center justify-between gap-2">
          <p className="min-w-0 truncate text-small text-n7">
            <time dateTime={createdAt} title={formatDateTime(createdAt)}>
              {formatTimeOfDay(createdAt)}
            </time>{' '}
            · {styleLabels[style].name} · {captioner ?? 'a person'}
          </p>
          <div className="relative z-10">
            <CopyButton text={text} label="Copy" what="caption" />
          </div>
        </div>
      </div>
    </article>
  )
}
