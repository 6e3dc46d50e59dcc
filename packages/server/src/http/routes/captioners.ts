import { CaptionerList } from '@descry/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../deps.ts'

export const captionerRoutes =
  (deps: Pick<Deps, 'captioners'>): FastifyPluginAsyncZod =>
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
      async () => ({
        items: deps.captioners.map(
          ({ caption: _, dispose: __, modelVersion: ___, ...info }, index) => ({
            ...info,
            styles: [...info.styles],
            isDefault: index === 0,
          }),
        ),
      }),
    )
  }
