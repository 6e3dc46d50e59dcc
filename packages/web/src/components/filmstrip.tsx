import { Link } from '@tanstack/react-router'
import { Thumbnail } from './thumbnail.tsx'

type Props = {
  label: string
  imageIds: readonly string[]
  /** The batch that stays open behind the images. */
  batchId?: string
}

/** A row of thumbnails, in which the open image is marked. */
export function Filmstrip({ label, imageIds, batchId }: Props) {
  if (imageIds.length === 0) return null
  return (
    <section aria-label={label}>
      <h2 className="mb-2 text-small text-n7">{label}</h2>
      <ul className="-m-1 flex gap-2 overflow-x-auto p-1">
        {imageIds.map((imageId, index) => (
          <li key={imageId} className="shrink-0">
            <Link
              to="/"
              search={{ image: imageId, ...(batchId !== undefined && { batch: batchId }) }}
              resetScroll={false}
              aria-label={`Image ${index + 1} of ${imageIds.length}`}
              className="block rounded-sm outline-offset-2 aria-[current=page]:outline-2 aria-[current=page]:outline-ink"
            >
              <Thumbnail imageId={imageId} className="block size-14 sm:size-16" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
