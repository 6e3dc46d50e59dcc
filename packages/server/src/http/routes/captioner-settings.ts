import {
  CaptionerName,
  CaptionerSetup,
  CaptionerTest,
  ConfiguredCaptioner,
  ConfiguredCaptionerList,
  Nothing,
} from '@descry/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  listConfigured,
  removeConfigured,
  saveConfigured,
} from '../../captioning/configured-captioners.ts'
import { tryCaptioner } from '../../captioning/try-captioner.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../errors.ts'
import { closedSignal } from '../closed-signal.ts'
import { organizationOf } from '../organization-of.ts'

const params = z.object({ name: CaptionerName })

export const captionerSettingsRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/captioner-settings',
      {
        schema: {
          operationId: 'listConfiguredCaptioners',
          tags: ['Captioners'],
          summary: 'The captioners that were set up here, without their keys',
          response: { 200: ConfiguredCaptionerList },
        },
      },
      async (request) => ({ items: await listConfigured(deps, organizationOf(request)) }),
    )

    app.put(
      '/captioner-settings/:name',
      {
        schema: {
          operationId: 'saveCaptioner',
          tags: ['Captioners'],
          summary: 'Set a captioner up, or change it; its key is stored sealed',
          params,
          body: CaptionerSetup,
          response: { 200: ConfiguredCaptioner },
        },
      },
      async (request) => {
        if (request.body.settings.name !== request.params.name) {
          throw new AppError(
            'invalid-input',
            'The name in the address is not that in the settings.',
          )
        }
        return saveConfigured(deps, organizationOf(request), request.body)
      },
    )

    app.delete(
      '/captioner-settings/:name',
      {
        schema: {
          operationId: 'removeCaptioner',
          tags: ['Captioners'],
          summary: 'Remove a captioner that was set up here, and its key',
          params,
          response: { 200: Nothing },
        },
      },
      async (request) => {
        await removeConfigured(deps, organizationOf(request), request.params.name)
        return {}
      },
    )

    app.post(
      '/captioner-settings/test',
      {
        schema: {
          operationId: 'testCaptioner',
          tags: ['Captioners'],
          summary: 'Ask a captioner, saved or not, for a caption of a picture of ours',
          body: CaptionerSetup,
          response: { 200: CaptionerTest },
        },
      },
      async (request, reply) =>
        tryCaptioner(deps, organizationOf(request), request.body, closedSignal(reply)),
    )
  }
