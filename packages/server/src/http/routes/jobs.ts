import {
  Job,
  JobId,
  JobOptions,
  JobQuery,
  JobRequest,
  JobResult,
  JobRetry,
  page,
} from '@descry/contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findJob, listJobs } from '../../db/jobs.ts'
import type { Deps } from '../../deps.ts'
import { notFound } from '../../errors.ts'
import { storeImage } from '../../images/store-image.ts'
import { cancelJob } from '../../jobs/cancel-job.ts'
import { getJobResult } from '../../jobs/get-job-result.ts'
import { retryJob } from '../../jobs/retry-job.ts'
import { submitCaptionJob } from '../../jobs/submit-caption-job.ts'
import { toJob } from '../../jobs/to-job.ts'
import { closedSignal } from '../closed-signal.ts'
import { organizationOf } from '../organization-of.ts'
import { refuseOwnKey } from '../own-key-of.ts'
import { readImageRequest } from '../read-image-request.ts'
import { toPage } from '../to-page.ts'

const params = z.object({ id: JobId })

export const jobRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/jobs/captions',
      {
        schema: {
          operationId: 'submitCaptionJob',
          tags: ['Jobs'],
          summary: 'Store an image and caption it in the background',
          response: { 202: Job },
        },
      },
      async (request, reply) => {
        refuseOwnKey(request)
        const organizationId = organizationOf(request)
        const schemas = { form: JobOptions, json: JobRequest }
        const { options, ...file } = await readImageRequest(request, schemas, {
          limits: deps.config,
          signal: closedSignal(reply),
        })
        const { priority, ...wish } = options
        const { row: image } = await storeImage(deps, organizationId, file)
        const job = await submitCaptionJob(deps, {
          ...{ organizationId, image, name: file.name },
          ...{ options: wish, priority },
        })
        return reply.code(202).header('location', `/api/jobs/${job.id}`).send(toJob(job))
      },
    )

    app.get(
      '/jobs',
      {
        schema: {
          operationId: 'listJobs',
          tags: ['Jobs'],
          summary: 'The jobs there are, newest first',
          querystring: JobQuery,
          response: { 200: page(Job) },
        },
      },
      async (request) => {
        const rows = await listJobs(deps.db, organizationOf(request), request.query)
        return toPage(rows, request.query.limit, toJob)
      },
    )

    app.get(
      '/jobs/:id',
      {
        schema: {
          operationId: 'getJob',
          tags: ['Jobs'],
          summary: 'How far a job is',
          params,
          response: { 200: Job },
        },
      },
      async (request) => {
        const { id } = request.params
        const job = await findJob(deps.db, organizationOf(request), id)
        if (!job) throw notFound('job', id)
        return toJob(job)
      },
    )

    app.get(
      '/jobs/:id/result',
      {
        schema: {
          operationId: 'getJobResult',
          tags: ['Jobs'],
          summary: 'The captions of a finished job (409 before)',
          params,
          response: { 200: JobResult },
        },
      },
      async (request) => getJobResult(deps, organizationOf(request), request.params.id),
    )

    app.post(
      '/jobs/:id/cancel',
      {
        schema: {
          operationId: 'cancelJob',
          tags: ['Jobs'],
          summary: 'Stop a job that is not finished',
          params,
          response: { 200: Job },
        },
      },
      async (request) => toJob(await cancelJob(deps, organizationOf(request), request.params.id)),
    )

    app.post(
      '/jobs/:id/retry',
      {
        schema: {
          operationId: 'retryJob',
          tags: ['Jobs'],
          summary: 'Put a failed or canceled job back into the queue',
          params,
          body: JobRetry.nullish(),
          response: { 200: Job },
        },
      },
      async (request) => {
        const retried = {
          organizationId: organizationOf(request),
          ...request.params,
          ...request.body,
        }
        return toJob(await retryJob(deps, retried))
      },
    )
  }
