import { ApiError, ErrorResponse } from '@descry/contract'
import { isOutage } from '../failures/describe-error.ts'
import { createStore, type Store } from '../store.ts'
import { fetchWithDeadline } from './fetch-with-deadline.ts'

/**
 * A `fetch` that notices when the server as a whole fails, and when it works again. With a full disk the
 * server can still be read from, so only a write that succeeds ends that outage.
 */
export function createOutageWatch(fetch: typeof globalThis.fetch = fetchWithDeadline): {
  outage: Store<Error | undefined>
  watchedFetch: typeof globalThis.fetch
} {
  const outage = createStore<Error | undefined>(undefined)
  const record = (error: unknown) => {
    if (isOutage(error)) outage.set(error)
  }

  return {
    outage,
    watchedFetch: async (input, init) => {
      try {
        const response = await fetch(input, init)
        if (!response.ok) record(await readError(response.clone()))
        else if (!isFull(outage.get()) || (init?.method ?? 'GET') !== 'GET') outage.set(undefined)
        return response
      } catch (error) {
        record(error)
        throw error
      }
    },
  }
}

const isFull = (error: Error | undefined) =>
  error instanceof ApiError && error.code === 'storage-full'

async function readError(response: Response): Promise<ApiError> {
  const parsed = ErrorResponse.safeParse(await response.json().catch(() => undefined))
  return parsed.success
    ? new ApiError(response.status, parsed.data.error.code, parsed.data.error.message)
    : new ApiError(response.status, 'unreadable-answer', `The server answered ${response.status}.`)
}
