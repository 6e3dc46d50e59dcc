import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Thumbnail } from '../../../components/thumbnail.tsx'
import { historyQuery } from '../../../lib/captions/list-captions.ts'
import { useServices } from '../../../lib/services/services.ts'
import { useStore } from '../../../lib/store.ts'
import { useCaptionSession } from '../caption-session.ts'

// A filmstrip is for a quick look around; the list and the history show everything.
const MAX_RECENT = 40
const MAX_OF_BATCH = 200

/** The images captioned last, by whomever. */
export function RecentFilmstrip() {
  const { client } = useServices()
  const { data } = useInfiniteQuery(historyQuery(client, undefined))
  const captions = data?.pages[0]?.items ?? []
  const imageIds = captions.map(({ imageId }) => imageId)
  return <Filmstrip label="Recent" imageIds={[...new Set(imageIds)].slice(0, MAX_RECENT)} />
}

/** The images of the batch, while one of them is open. */
export function BatchFilmstrip() {
  const { batch } = useCaptionSession()
  const { items } = useStore(batch.state)
  const imageIds = items.flatMap(({ job }) => job?.imageId ?? [])
  return <Filmstrip label="This batch" imageIds={[...new Set(imageIds)].slice(0, MAX_OF_BATCH)} />
}

type Props = { label: string; imageIds: readonly string[] }

/** A row of thumbnails, in which the open image is marked. */
function Filmstrip({ label, imageIds }: Props) {
  if (imageIds.length === 0) return null
  return (
    <section aria-label={label}>
      <h2 className="mb-2 text-small text-n7">{label}</h2>
      <ul className="-m-1 flex gap-2 overflow-x-auto p-1">
        {imageIds.map((imageId, index) => (
          <li key={imageId} className="shrink-0">
            <Link
              to="/"
              search={{ image: imageId }}
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
