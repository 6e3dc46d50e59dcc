import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

export const captionersQuery = (client: Client) =>
  queryOptions({
    queryKey: ['captioners'],
    queryFn: async ({ signal }) => (await client.listCaptioners({ signal })).items,
    staleTime: 60_000,
  })
