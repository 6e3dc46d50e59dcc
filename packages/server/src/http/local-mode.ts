import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'

/**
 * Nobody signs in here, so only pages of this very server may ask. A page elsewhere can make a
 * browser send requests to 127.0.0.1; its `Origin` gives it away, and where its own name was made to
 * point here (DNS rebinding), its `Host` does.
 */
export function guardLocalMode(app: FastifyInstance, { publicUrl }: Config['http']): void {
  const publicPage = publicUrl ? new URL(publicUrl) : undefined
  const isOurs = (hostname: string | undefined) =>
    hostname !== undefined && (isLoopbackName(hostname) || hostname === publicPage?.hostname)

  app.addHook('onRequest', async (request) => {
    // What a trusted proxy says that the host was comes from the client as well: a page that made its name
    // point here can send it. So the Host that the request itself has must be ours, too.
    for (const host of [request.headers.host, request.host]) {
      if (isOurs(nameOf(host))) continue
      throw new AppError(
        'forbidden',
        `This server does not answer to the name ${host}. Use http://localhost, or set DESCRY_PUBLIC_URL to the address people use, and have a proxy pass the Host on.`,
      )
    }
    if (!isOwnPage(request, publicPage)) {
      throw new AppError(
        'forbidden',
        'Requests from pages of other sites, or of other ports, are refused.',
      )
    }
  })
}

function isOwnPage({ headers, host }: FastifyRequest, publicPage: URL | undefined): boolean {
  const { origin } = headers
  if (origin !== undefined) {
    return (
      origin === publicPage?.origin || (URL.canParse(origin) && new URL(origin).host === bare(host))
    )
  }
  // Images and scripts elsewhere send no Origin; following a link to us is fine.
  return headers['sec-fetch-site'] !== 'cross-site' || headers['sec-fetch-mode'] === 'navigate'
}

/** As a URL writes it: lower case, without the port that goes without saying. */
const bare = (host: string): string => host.toLowerCase().replace(/:80$/, '')

/** The name in a Host header; nothing if it is none, as with `user@host` or `[localhost]`. */
function nameOf(host: string | undefined): string | undefined {
  return host?.toLowerCase().match(/^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/)?.[1]
}

const isLoopbackName = (name: string): boolean =>
  name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)
