// Above the server's own deadline for a captioner, so that the server's answer comes first.
const DEADLINE_MS = 180_000

/** `fetch` that gives up some day. */
export const fetchWithDeadline: typeof fetch = (input, init) => {
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline
  return fetch(input, { ...init, signal })
}
