import { AppError } from '../errors.ts'
import { parseTarget } from './parse-target.ts'
import { readLimited } from './read-limited.ts'
import { requestPinned } from './request-pinned.ts'
import { type Resolve, resolveAddresses, resolveByDns } from './resolve-addresses.ts'

export type FetchOptions = {
  /** Hosts that may have a private address: `host` or `host:port`. */
  allowedHosts: readonly string[]
  maxBytes: number
  /** For everything together: names, connections, redirects, body. */
  timeoutMs: number
  signal: AbortSignal
  resolve?: Resolve
}

/**
 * Fetches what people ask us to fetch, without letting them reach what only this machine can reach
 * (server-side request forgery): each host is resolved once, every address it has must be public, and
 * the connection goes to such an address and no other. Redirects pass the same gate.
 */
export async function fetchBytes(url: string, options: FetchOptions): Promise<Uint8Array> {
  const target = parseTarget(url)
  options.signal.throwIfAborted()
  const deadline = AbortSignal.timeout(options.timeoutMs)
  const signal = AbortSignal.any([options.signal, deadline])

  try {
    return await follow(target, { ...options, signal })
  } catch (error) {
    if (error instanceof AppError) throw error
    options.signal.throwIfAborted()
    if (!deadline.aborted) throw error
    const message = `${target.host} did not deliver the image within ${options.timeoutMs} ms. Try again, or send the image itself.`
    throw new AppError('url-unreachable', message, { cause: error })
  }
}

const MAX_REDIRECTS = 3

/** One host after the other; returns the first answer that is not a redirect. */
async function follow(first: URL, options: FetchOptions): Promise<Uint8Array> {
  let target = first
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await visit(target, options)
    if (answer instanceof Uint8Array) return answer
    target = answer
  }
  const message = `${first.host} redirects more than ${MAX_REDIRECTS} times. Give the address the image has in the end.`
  throw new AppError('url-unreachable', message)
}

async function visit(target: URL, options: FetchOptions): Promise<Uint8Array | URL> {
  const { allowedHosts, maxBytes, signal, resolve = resolveByDns } = options
  const addresses = await resolveAddresses(target, { allowedHosts, signal, resolve })
  return requestPinned<Uint8Array | URL>(
    target,
    { addresses, signal },
    ({ status, headers, body }) => {
      if (redirectStatuses.has(status)) return parseTarget(headers.location ?? '', target)
      if (status < 200 || status > 299) {
        throw new AppError('url-unreachable', `${target.host} answered with status ${status}.`)
      }
      return readLimited({ headers, body }, { host: target.host, maxBytes })
    },
  )
}

const redirectStatuses = new Set([301, 302, 303, 307, 308])
