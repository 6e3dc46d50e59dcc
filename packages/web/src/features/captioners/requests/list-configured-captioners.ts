import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

export const configuredCaptionersKey = ['configured-captioners'] as const

/** Captioners that were set up here, with what they were set up with. */
export const configuredCaptionersQuery = (client: Client) =>
  queryOptions({
    queryKey: configuredCaptionersKey,
    queryFn: async ({ signal }) => (await client.listConfiguredCaptioners({}, { signal })).items,
  })
