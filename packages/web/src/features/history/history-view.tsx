import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { Button, buttonClass } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SkeletonLines } from '../../components/skeleton-lines.tsx'
import { historyQuery } from '../../lib/captions/list-captions.ts'
import { useServices } from '../../lib/services/services.ts'
import { Timeline } from './timeline.tsx'
import { toTimeline } from './to-timeline.ts'
import { useColumns } from './use-columns.ts'

type Props = { search: string | undefined; onClear: () => void }

/** Loads the captions page by page and shows them as a timeline. */
export function HistoryView({ search, onClear }: Props) {
  const { client } = useServices()
  const query = useInfiniteQuery(historyQuery(client, search))
  const columns = useColumns()
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const rows = useMemo(
    () => toTimeline(data?.pages.flatMap(({ items }) => items) ?? [], columns),
    [data, columns],
  )
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  if (query.isPending) return <HistorySkeleton />
  return (
    <>
      {query.isError && (
        <ErrorNote error={query.error} kept="The captions are kept on the server.">
          <Button onClick={() => (data ? fetchNextPage() : query.refetch())}>Try again</Button>
        </ErrorNote>
      )}
      {rows.length > 0 && <Timeline rows={rows} columns={columns} onEnd={more} />}
      {isFetchingNextPage && <p className="p-4 text-center text-small text-n7">Loading more…</p>}
      {query.isSuccess && rows.length === 0 && <NoCaptions search={search} onClear={onClear} />}
    </>
  )
}

function NoCaptions({ search, onClear }: Props) {
  if (search) {
    return (
      <EmptyState title={`No caption contains “${search}”`} text="Try fewer or different words.">
        <Button onClick={onClear}>Show all captions</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No captions yet"
      text="Every caption written here is kept with its image, captioner and time."
    >
      <Link to="/" className={buttonClass('primary')}>
        Caption an image
      </Link>
    </EmptyState>
  )
}

function HistorySkeleton() {
  return (
    <div className="-mx-2 mt-12 grid gap-2 md:grid-cols-2 2xl:grid-cols-3">
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className="flex gap-4 p-2">
          <div className="pulse size-24 shrink-0 rounded-sm bg-n3" />
          <div className="grow">
            <SkeletonLines widths={['90%', '60%']} />
          </div>
        </div>
      ))}
    </div>
  )
}
