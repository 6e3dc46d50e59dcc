import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Endpoint, endpointTable } from '@descry/contract'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../errors.ts'
import { sendError } from './handle-errors.ts'

/** The page, as `npm ci` built it; an address that is no file and no API is one of the page's own. */
export const servePage = fp(async (app: FastifyInstance) => {
  const folder = findPageFolder()
  if (folder) {
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false, // set below: only hashed names may be kept for ever
      setHeaders: (reply, path) => {
        const hashed = path.includes(`${join(folder, 'assets')}`)
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const { method, url } = request
    const isPage = method === 'GET' && request.headers.accept?.includes('text/html')
    const allowed = allowedMethods(url)
    if (allowed.length > 0) {
      reply.header('allow', allowed.join(', '))
      const message = `${url.split('?')[0]} takes ${allowed.join(' and ')}, not ${method}.`
      return sendError(request, reply, new AppError('method-not-allowed', message))
    }
    if (url.startsWith('/api/') || !isPage) {
      return sendError(request, reply, new AppError('not-found', `There is no ${method} ${url}.`))
    }
    if (folder) return reply.sendFile('index.html')
    return sendError(
      request,
      reply,
      new AppError('not-found', 'The page is not built: run npm run build.'),
    )
  })
})

/** The methods of the endpoints at an address; none: there is nothing. */
function allowedMethods(url: string): string[] {
  const path = url.split('?')[0] ?? ''
  const methods = Object.values<Endpoint>(endpointTable)
    .filter((endpoint) => new RegExp(`^${endpoint.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : method))
  return [...new Set(methods)]
}

/** In the clone, or beside the published bundle. */
export function findPageFolder(): string | undefined {
  const places = [join(import.meta.dirname, '../../../web/dist'), join(import.meta.dirname, 'web')]
  return places.find((place) => existsSync(join(place, 'index.html')))
}
