import {
  CaptioningRules,
  Estimate,
  EstimateRequest,
  Prompt,
  PromptList,
  page,
  SentImage,
  SentImageQuery,
} from '@descry/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { changeCaptioningRules, getCaptioningRules } from '../../captioning/captioning-rules.ts'
import { estimateCaptions } from '../../captioning/estimate-captions.ts'
import { deletePrompt, listPrompts, savePrompt } from '../../db/prompts.ts'
import { listSentImages } from '../../db/sent-images.ts'
import type { PromptRow, SentImageRow } from '../../db/tables.ts'
import type { Deps } from '../../deps.ts'
import { AppError, notFound } from '../../errors.ts'
import { organizationOf } from '../organization-of.ts'
import { toPage } from '../to-page.ts'

const params = z.object({ name: Prompt.shape.name })

export const captioningRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/captioning-rules',
      {
        schema: {
          operationId: 'getCaptioningRules',
          tags: ['Captioners'],
          summary: 'The chain, where pictures may go, and what captions may cost',
          response: { 200: CaptioningRules },
        },
      },
      async (request) => getCaptioningRules(deps, organizationOf(request)),
    )

    app.put(
      '/captioning-rules',
      {
        schema: {
          operationId: 'saveCaptioningRules',
          tags: ['Captioners'],
          summary: 'Change all of them at once',
          body: CaptioningRules,
          response: { 200: CaptioningRules },
        },
      },
      async (request) => changeCaptioningRules(deps, organizationOf(request), request.body),
    )

    app.get(
      '/prompts',
      {
        schema: {
          operationId: 'listPrompts',
          tags: ['Captioners'],
          summary: 'The prompts that were saved',
          response: { 200: PromptList },
        },
      },
      async (request) => allPrompts(deps, organizationOf(request)),
    )

    app.put(
      '/prompts/:name',
      {
        schema: {
          operationId: 'savePrompt',
          tags: ['Captioners'],
          summary: 'Save a prompt under its name',
          params,
          body: Prompt,
          response: { 200: PromptList },
        },
      },
      async (request) => {
        if (request.body.name !== request.params.name) {
          throw new AppError('invalid-input', 'The name in the address is not that of the prompt.')
        }
        await savePrompt(deps.db, organizationOf(request), request.body)
        return allPrompts(deps, organizationOf(request))
      },
    )

    app.delete(
      '/prompts/:name',
      {
        schema: {
          operationId: 'removePrompt',
          tags: ['Captioners'],
          summary: 'Remove a prompt',
          params,
          response: { 200: PromptList },
        },
      },
      async (request) => {
        const { name } = request.params
        const removed = await deletePrompt(deps.db, organizationOf(request), name)
        if (!removed) throw notFound('prompt', name)
        return allPrompts(deps, organizationOf(request))
      },
    )

    app.get(
      '/sent-images',
      {
        schema: {
          operationId: 'listSentImages',
          tags: ['Captioners'],
          summary: 'Which pictures left this machine, where to and when, newest first',
          querystring: SentImageQuery,
          response: { 200: page(SentImage) },
        },
      },
      async (request) => {
        const rows = await listSentImages(deps.db, organizationOf(request), request.query)
        return toPage(rows, request.query.limit, toSentImage)
      },
    )

    app.post(
      '/estimates',
      {
        schema: {
          operationId: 'estimateCaptions',
          tags: ['Captioners'],
          summary: 'What captions will cost, and how long they will take',
          body: EstimateRequest,
          response: { 200: Estimate },
        },
      },
      async (request) => estimateCaptions(deps, organizationOf(request), request.body),
    )
  }

async function allPrompts({ db }: Deps, organizationId: string) {
  return { items: (await listPrompts(db, organizationId)).map(toPrompt) }
}

const toPrompt = ({ name, style, template, updated_at }: PromptRow) => ({
  name,
  style,
  template,
  updatedAt: updated_at.toISOString(),
})

const toSentImage = ({ id, image_id, captioner, host, sent_at }: SentImageRow): SentImage => ({
  id,
  imageId: image_id,
  captioner,
  host,
  sentAt: sent_at.toISOString(),
})
