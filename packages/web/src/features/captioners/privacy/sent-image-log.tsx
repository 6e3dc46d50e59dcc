import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { useServices } from '../../../lib/services/services.ts'
import { sentImagesQuery } from '../requests/list-sent-images.ts'
import { SentImageTable } from './sent-image-table.tsx'

/** The log of images that left this machine, page by page. */
export function SentImageLog() {
  const { client } = useServices()
  const query = useInfiniteQuery(sentImagesQuery(client))
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const images = data?.pages.flatMap(({ items }) => items) ?? []

  if (query.isPending) return <SkeletonLines widths={['100%', '98%', '99%']} />
  return (
    <>
      {query.isError && (
        <ErrorNote error={query.error} kept="The log is kept on the server.">
          <Button onClick={() => (data ? fetchNextPage() : query.refetch())}>Try again</Button>
        </ErrorNote>
      )}
      {images.length > 0 && <SentImageTable images={images} />}
      {query.isSuccess && images.length === 0 && (
        <p className="max-w-4xl rounded-md border border-n4 bg-n0 p-6 text-n7">
          No image has left this machine.
        </p>
      )}
      {hasNextPage && (
        <Button className="mt-3" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}
