import { queryOptions } from '@tanstack/react-query'
import { fetchWithDeadline } from '../../../lib/server/fetch-with-deadline.ts'

export const OPEN_API_URL = '/api/openapi.json'

/** The server's own description of its API. Not part of the contract, so it has no client call. */
export const openApiQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async ({ signal }): Promise<unknown> => {
    const response = await fetchWithDeadline(OPEN_API_URL, { signal })
    if (!response.ok) throw new Error(`The server answered ${response.status}.`)
    return response.json()
  },
  staleTime: Number.POSITIVE_INFINITY,
})
