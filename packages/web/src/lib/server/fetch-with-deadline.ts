// To read something takes seconds. Work takes as long as its captioners may: above the longest deadline
// of a chain, an hour, so that the server's answer comes first.
const READ_MS = 60_000
const WORK_MS = 3_660_000

/** `fetch` that gives up some day. */
export const fetchWithDeadline: typeof fetch = (input, init) => {
  const isRead = !init?.method || init.method === 'GET'
  const deadline = AbortSignal.timeout(isRead ? READ_MS : WORK_MS)
  const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline
  return fetch(input, { ...init, signal })
}
