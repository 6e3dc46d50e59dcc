import type { BatchJob, CaptionJob } from '@descry/contract'
import { getJobResult } from '../../captions/get-job-result.ts'
import { submitCaptionJob } from '../../captions/submit-caption-job.ts'
import { findJob, listJobs } from '../../db/jobs.ts'
import { notFound } from '../../errors.ts'
import { storeImage } from '../../images/store-image.ts'
import { closeBatch, createBatch } from '../../jobs/batches.ts'
import { cancelJob } from '../../jobs/cancel-job.ts'
import { retryJob } from '../../jobs/retry-job.ts'
import { toJob } from '../../jobs/to-job.ts'
import { refuseOwnKey } from '../read-image-request.ts'
import { route } from '../route.ts'
import { toPage } from '../to-page.ts'

export const jobRoutes = [
  route('submitCaptionJob', async ({ deps, caller, readImage, idempotencyKey, request, reply }) => {
    refuseOwnKey(request)
    const { options, ...file } = await readImage()
    const { priority, batchId, patienceSeconds, ...captionOptions } = options
    const { row: image } = await storeImage(caller, deps, file)
    const job = await submitCaptionJob(caller, deps, {
      ...{ image, name: file.name },
      ...{ options: captionOptions, priority, batchId, patienceSeconds, idempotencyKey },
    })
    reply.header('location', `/api/jobs/${job.id}`)
    return toJob(job) as CaptionJob
  }),

  route('createBatch', async ({ deps, caller, body, idempotencyKey, reply }) => {
    const batch = await createBatch(caller, deps, { ...body, idempotencyKey })
    reply.header('location', `/api/jobs/${batch.id}`)
    return toJob(batch) as BatchJob
  }),

  route(
    'closeBatch',
    async ({ deps, caller, params }) =>
      toJob(await closeBatch(caller, deps, params.id)) as BatchJob,
  ),

  route('listJobs', async ({ deps, caller, query }) => {
    const rows = await listJobs(deps.db, caller.organizationId, query)
    return toPage(rows, query.limit, toJob)
  }),

  route('getJob', async ({ deps, caller, params: { id } }) => {
    const job = await findJob(deps.db, caller.organizationId, id)
    if (!job) throw notFound('job', id)
    return toJob(job)
  }),

  route('getJobResult', async ({ deps, caller, params }) => getJobResult(caller, deps, params.id)),

  route('cancelJob', async ({ deps, caller, params }) =>
    toJob(await cancelJob(caller, deps, params.id)),
  ),

  route('retryJob', async ({ deps, caller, params, body }) =>
    toJob(await retryJob(caller, deps, { ...params, ...body })),
  ),
]
