import { CaptionerList } from '@descry/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { listCaptioners } from '../../captioning/list-captioners.ts'
import type { Deps } from '../../deps.ts'
import { organizationOf } from '../organization-of.ts'

export const captionerRoutes =
  (deps: Pick<Deps, 'captioners' | 'db' | 'defaultRules'>): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/captioners',
      {
        schema: {
          operationId: 'listCaptioners',
          tags: ['Captioners'],
          summary: 'What can caption here, the default first',
          response: { 200: CaptionerList },
        },
      },
      async (request) => ({ items: await listCaptioners(deps, organizationOf(request)) }),
    )
  }
