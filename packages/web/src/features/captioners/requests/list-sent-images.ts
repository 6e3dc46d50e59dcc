import type { Client } from '@descry/contract'
import { infiniteQueryOptions } from '@tanstack/react-query'

const PAGE_SIZE = 50

/** The images that were sent to captioners on other machines, newest first. */
export const sentImagesQuery = (client: Client) =>
  infiniteQueryOptions({
    queryKey: ['sent-images'],
    queryFn: ({ pageParam, signal }) =>
      client.listSentImages(
        { limit: PAGE_SIZE, ...(pageParam !== undefined && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
