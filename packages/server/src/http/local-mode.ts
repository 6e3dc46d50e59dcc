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
  const isOurs = (hostname: string) => isLoopbackName(hostname) || hostname === publicPage?.hostname

  app.addHook('onRequest', async (request) => {
    if (!isOurs(request.hostname.toLowerCase())) {
      throw new AppError(
        'forbidden',
        `This server does not answer to the name ${request.hostname}. Use http://localhost, or set DESCRY_PUBLIC_URL to the address people use.`,
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

function isLoopbackName(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '')
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}
