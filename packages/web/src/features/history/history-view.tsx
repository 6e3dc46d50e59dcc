import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { Button, buttonClass } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { historyQuery } from '../../lib/captions/list-captions.ts'
import { useServices } from '../../lib/services.ts'
import { HistorySkeleton } from './history-skeleton.tsx'
import { Timeline } from './timeline.tsx'
import { toTimeline } from './to-timeline.ts'
import { useColumns } from './use-columns.ts'

type Props = { search: string | undefined; onClear: () => void }

/** Reads the captions page by page and hands them to the timeline. */
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
      {isFetchingNextPage && <p className="p-4 text-center text-small text-n7">Reading more…</p>}
      {query.isSuccess && rows.length === 0 && <Nothing search={search} onClear={onClear} />}
    </>
  )
}

function Nothing({ search, onClear }: Props) {
  if (search) {
    return (
      <EmptyState title={`No caption contains “${search}”`} text="Try fewer or other words.">
        <Button onClick={onClear}>Show all captions</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No captions yet"
      text="Every caption that is written here is kept, with its picture, its captioner and its time."
    >
      <Link to="/" className={buttonClass('primary')}>
        Caption an image
      </Link>
    </EmptyState>
  )
}
