import {
  Caption,
  CaptionOptions,
  CaptionQuery,
  CaptionRequest,
  CaptionResponse,
  page,
} from '@descry/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { describeTraces } from '../../captions/describe-traces.ts'
import { requestCaption } from '../../captions/request-caption.ts'
import { toCaption } from '../../captions/to-caption.ts'
import { listCaptions } from '../../db/captions.ts'
import type { Deps } from '../../deps.ts'
import { storeImage } from '../../images/store-image.ts'
import { closedSignal } from '../closed-signal.ts'
import { organizationOf } from '../organization-of.ts'
import { ownKeyOf } from '../own-key-of.ts'
import { readImageRequest } from '../read-image-request.ts'
import { toPage } from '../to-page.ts'

export const captionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/captions',
      {
        schema: {
          operationId: 'createCaptions',
          tags: ['Captions'],
          summary: 'Caption an image and wait for the answer',
          response: { 200: CaptionResponse },
        },
      },
      async (request, reply) => {
        const signal = closedSignal(reply)
        const organizationId = organizationOf(request)
        const schemas = { form: CaptionOptions, json: CaptionRequest }
        const { options, ...file } = await readImageRequest(request, schemas, {
          limits: deps.config,
          signal,
        })
        const image = await storeImage(deps, organizationId, file)
        const apiKey = ownKeyOf(request)
        const wish = { organizationId, image, options, apiKey }
        const answer = await requestCaption(deps, wish, signal)
        request.log.info({ captions: describeTraces(answer.captions) }, 'captioned')
        return answer
      },
    )

    app.get(
      '/captions',
      {
        schema: {
          operationId: 'listCaptions',
          tags: ['Captions'],
          summary: 'The captions there are, newest first',
          querystring: CaptionQuery,
          response: { 200: page(Caption.partial()) },
        },
      },
      async (request) => {
        const { fields, ...query } = request.query
        const rows = await listCaptions(deps.db, organizationOf(request), query)
        return toPage(rows, query.limit, (row) => pick(toCaption(row), fields))
      },
    )
  }

function pick(caption: Caption, fields: readonly (keyof Caption)[] | undefined): Partial<Caption> {
  if (!fields) return caption
  return Object.fromEntries(fields.map((field) => [field, caption[field]]))
}
