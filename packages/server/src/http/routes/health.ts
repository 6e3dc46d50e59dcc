import { Health } from '@descry/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'
import { checkHealth } from '../../health/check-health.ts'

export const healthRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/health',
      {
        schema: {
          operationId: 'getHealth',
          tags: ['Health'],
          summary: 'Whether the server lives, and is ready to work (503 when not), with reasons',
          response: { 200: Health, 503: Health },
        },
      },
      async (_request, reply) => {
        const health = await checkHealth(deps)
        return reply
          .code(health.ready ? 200 : 503)
          .header('cache-control', 'no-store')
          .send(health)
      },
    )
  }
