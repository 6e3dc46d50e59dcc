import { type EndpointName, endpointTable } from '@descry/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import type { Route } from './route.ts'
import { captionerRoutes } from './routes/captioners.ts'
import { captionRoutes } from './routes/captions.ts'
import { eventRoutes } from './routes/events.ts'
import { healthRoutes } from './routes/health.ts'
import { imageRoutes } from './routes/images.ts'
import { jobRoutes } from './routes/jobs.ts'
import { promptRoutes } from './routes/prompts.ts'

const routes: readonly Route[] = [
  ...captionRoutes,
  ...jobRoutes,
  ...imageRoutes,
  ...captionerRoutes,
  ...promptRoutes,
  ...eventRoutes,
  ...healthRoutes,
]

/** Every endpoint of the contract gets its handler; one without, or with two, does not start. */
export function registerRoutes(app: FastifyInstance, deps: Deps): void {
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/api/') && config?.permission === undefined) {
      throw new Error(`The route ${url} does not say which permission it needs.`)
    }
  })
  const missing = new Set(Object.keys(endpointTable) as EndpointName[])
  for (const route of routes) {
    if (!missing.delete(route.name)) throw new Error(`${route.name} has two handlers.`)
    route.register(app, deps)
  }
  if (missing.size > 0) throw new Error(`No handler answers ${[...missing].join(', ')}.`)
}
