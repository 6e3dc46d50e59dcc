import { z } from 'zod'
import { endpoints } from '../endpoint.ts'
import { imageErrors } from '../error.ts'
import { JobId } from '../identifier.ts'
import { Job, JobOptions, JobQuery, JobRequest, JobResult, JobRetry } from '../job.ts'
import { page } from '../page.ts'

const params = z.object({ id: JobId })

export const jobEndpoints = endpoints({
  submitCaptionJob: {
    method: 'POST',
    path: '/api/jobs/captions',
    tag: 'Jobs',
    summary: 'Store an image and caption it in the background',
    permission: 'captions:write',
    upload: { form: JobOptions, json: JobRequest },
    response: Job,
    status: 202,
    errors: [...imageErrors, 'unsupported-option'],
    example: { body: { url: 'https://example.com/photo.jpg', priority: 5 } },
  },
  listJobs: {
    method: 'GET',
    path: '/api/jobs',
    tag: 'Jobs',
    summary: 'The jobs there are, newest first',
    permission: 'jobs:read',
    query: JobQuery,
    response: page(Job),
    errors: [],
    example: { query: { limit: 5 } },
  },
  getJob: {
    method: 'GET',
    path: '/api/jobs/:id',
    tag: 'Jobs',
    summary: 'How far a job is',
    permission: 'jobs:read',
    params,
    response: Job,
    errors: ['not-found'],
  },
  getJobResult: {
    method: 'GET',
    path: '/api/jobs/:id/result',
    tag: 'Jobs',
    summary: 'The captions of a finished job (409 before)',
    permission: 'jobs:read',
    params,
    response: JobResult,
    errors: ['not-found', 'conflict', 'job-unfinished'],
  },
  cancelJob: {
    method: 'POST',
    path: '/api/jobs/:id/cancel',
    tag: 'Jobs',
    summary: 'Stop a job that is not finished',
    permission: 'jobs:write',
    params,
    response: Job,
    errors: ['not-found', 'conflict'],
  },
  retryJob: {
    method: 'POST',
    path: '/api/jobs/:id/retry',
    tag: 'Jobs',
    summary: 'Put a failed or canceled job back into the queue',
    permission: 'jobs:write',
    params,
    body: JobRetry.nullish(),
    response: Job,
    errors: ['not-found', 'conflict'],
  },
})
