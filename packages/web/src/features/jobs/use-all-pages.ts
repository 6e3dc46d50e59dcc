import { useEffect } from 'react'

type PagedList = {
  data: { pages: readonly unknown[] } | undefined
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isError: boolean
  fetchNextPage: () => Promise<unknown>
}

// "Retry all" must say how many, so failed jobs are loaded to the end, up to this many pages.
const MAX_PAGES = 20

/** Loads a list to its end, as long as `isWanted`. */
export function useAllPages(
  query: PagedList,
  { isWanted = true }: { isWanted?: boolean } = {},
): void {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query
  const loaded = data?.pages.length ?? 0
  const isNext = isWanted && loaded > 0 && loaded < MAX_PAGES && hasNextPage
  useEffect(() => {
    if (isNext && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [isNext, isFetchingNextPage, isError, fetchNextPage])
}
