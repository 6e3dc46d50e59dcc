import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

export const healthQuery = (client: Client) =>
  queryOptions({
    queryKey: ['health'],
    queryFn: ({ signal }) => client.getHealth({ signal }),
    refetchInterval: 60_000,
  })
