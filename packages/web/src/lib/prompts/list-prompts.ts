import type { Client } from '@descry/contract'
import { queryOptions } from '@tanstack/react-query'

export const promptsKey = ['prompts'] as const

/** The saved prompts. */
export const promptsQuery = (client: Client) =>
  queryOptions({
    queryKey: promptsKey,
    queryFn: async ({ signal }) => (await client.listPrompts({}, { signal })).items,
  })
