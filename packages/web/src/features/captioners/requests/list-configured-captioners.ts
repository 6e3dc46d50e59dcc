import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

export const configuredCaptionersKey = ['configured-captioners'] as const

/** The captioners that were set up here, with their settings. */
export const configuredCaptionersQuery = (client: Client) =>
  queryOptions({
    queryKey: configuredCaptionersKey,
    queryFn: async ({ signal }) => (await client.listConfiguredCaptioners({}, { signal })).items,
  })
