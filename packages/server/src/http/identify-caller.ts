import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { type Caller, localCaller } from '../access/caller.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler runs. */
    caller: Caller
  }
}

/** The only place that knows how callers are recognised. */
export const identifyCaller = fp(async (app: FastifyInstance) => {
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request) => {
    request.caller = localCaller(request.id)
  })
})
