import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

export const captioningRulesKey = ['captioning-rules'] as const

/** The chain, where images may go, and what captions may cost. */
export const captioningRulesQuery = (client: Client) =>
  queryOptions({
    queryKey: captioningRulesKey,
    queryFn: ({ signal }) => client.getCaptioningRules({}, { signal }),
  })
