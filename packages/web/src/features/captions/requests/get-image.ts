import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

export const imageKey = (imageId: string) => ['image', imageId] as const

/** An image never changes, because its id is the hash of its pixels. */
export const imageQuery = (client: Client, imageId: string) =>
  queryOptions({
    queryKey: imageKey(imageId),
    queryFn: ({ signal }) => client.getImage({ id: imageId }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Where the bytes of an image are served. */
export const imageFileUrl = (imageId: string) => `/api/images/${imageId}/file`
