// Reading takes seconds. Work takes as long as its captioners may: the deadline is above the longest one
// of a chain, an hour, so that the server's own answer comes first.
const READ_MS = 60_000
const WORK_MS = 3_660_000

/** A `fetch` that does not wait forever. */
export const fetchWithDeadline: typeof fetch = (input, init) => {
  const isRead = !init?.method || init.method === 'GET'
  const deadline = AbortSignal.timeout(isRead ? READ_MS : WORK_MS)
  const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline
  return fetch(input, { ...init, signal })
}
