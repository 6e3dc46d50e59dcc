import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { untilAborted } from '@descry/captioners'
import { AppError } from '../errors.ts'
import { isPublicAddress } from './is-public-address.ts'

export type Address = { address: string; family: number }
/** All addresses of a host name. Rejects when there is none. */
export type Resolve = (host: string) => Promise<readonly Address[]>

export const resolveByDns: Resolve = (host) => lookup(host, { all: true })

type ResolveOptions = { allowedHosts: readonly string[]; signal: AbortSignal; resolve: Resolve }

/**
 * The addresses a connection to this URL may go to. One look-up; one address that is not public
 * refuses them all, unless the host is allowed by name.
 */
export async function resolveAddresses(url: URL, options: ResolveOptions): Promise<Address[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const addresses = await addressesOf(host, options)
  const allowed = isAllowedHost(url, options.allowedHosts)
  if (!allowed && !addresses.every(({ address }) => isPublicAddress(address))) {
    const message = `${url.host} is not on the public internet, so Descry does not fetch from it. Send the image itself, or list the host in DESCRY_FETCH_ALLOWED_HOSTS.`
    throw new AppError('url-not-allowed', message)
  }
  return addresses
}

async function addressesOf(
  host: string,
  { resolve, signal }: Pick<ResolveOptions, 'resolve' | 'signal'>,
): Promise<Address[]> {
  const family = isIP(host)
  if (family) return [{ address: host, family }]

  const found = await untilAborted(resolve(host), signal).catch((error: unknown) => {
    signal.throwIfAborted()
    throw new AppError('url-unreachable', `No address is known for ${host}.`, { cause: error })
  })
  if (found.length === 0) throw new AppError('url-unreachable', `No address is known for ${host}.`)
  return [...found]
}

function isAllowedHost({ hostname, protocol, port }: URL, allowedHosts: readonly string[]) {
  const effectivePort = port || (protocol === 'https:' ? '443' : '80')
  const names = [hostname, `${hostname}:${effectivePort}`]
  return allowedHosts.some((entry) => names.includes(entry.toLowerCase()))
}
