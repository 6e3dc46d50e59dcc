import { queryOptions } from '@tanstack/react-query'
import { fetchWithDeadline } from '../../../lib/server/fetch-with-deadline.ts'

export const OPEN_API_URL = '/api/openapi.json'

/** The server's description of its API. It is not part of the contract, so the client has no call for it. */
export const openApiQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async ({ signal }): Promise<unknown> => {
    const response = await fetchWithDeadline(OPEN_API_URL, { signal })
    if (!response.ok) throw new Error(`The server answered ${response.status}.`)
    return response.json()
  },
  staleTime: Number.POSITIVE_INFINITY,
})
