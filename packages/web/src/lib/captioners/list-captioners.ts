import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

export const captionersKey = ['captioners'] as const

export const captionersQuery = (client: Client) =>
  queryOptions({
    queryKey: captionersKey,
    queryFn: async ({ signal }) => (await client.listCaptioners({}, { signal })).items,
    staleTime: 60_000,
  })
