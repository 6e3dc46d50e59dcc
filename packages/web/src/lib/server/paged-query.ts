import type { Page } from '@descry/contract'
import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query'

/** Which page is asked for; without `cursor`, the first. */
type PageRequest = { cursor?: string; limit: number }

type Options<Item> = {
  queryKey: QueryKey
  limit: number
  load: (request: PageRequest, options: { signal: AbortSignal }) => Promise<Page<Item>>
}

/** A list that is loaded page by page. */
export const pagedQuery = <Item>({ queryKey, limit, load }: Options<Item>) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      load({ limit, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: Page<Item>) => next ?? undefined,
  })
