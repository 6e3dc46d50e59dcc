import { z } from 'zod'
import { CaptionOptions, CaptionRequest, CaptionResponse, ChosenOptions } from './caption.ts'
import { Failure } from './error.ts'
import { CaptionId, ImageId, JobId, Timestamp } from './identifier.ts'
import { PageQuery } from './page.ts'
import { Trace } from './trace.ts'

export const JobStatus = z.enum(['queued', 'processing', 'done', 'failed', 'canceled'])
export type JobStatus = z.infer<typeof JobStatus>

export const Priority = z.coerce.number().int().min(-10).max(10).describe('higher runs earlier')

/** Work done in the background. */
export const Job = z.object({
  id: JobId,
  kind: z.literal('caption'),
  status: JobStatus,
  progress: z.object({ done: z.int().min(0), total: z.int().min(1) }),
  priority: z.int(),
  attempts: z.int().min(0).describe('how often it was started'),
  interruptions: z
    .int()
    .min(0)
    .describe('attempts cut off by a crash: their call to a paid captioner may have been repeated'),
  error: Failure.nullable().describe('of the last failed attempt'),
  imageId: ImageId,
  name: z.string().nullable().describe('file name of the upload; null where it had none'),
  trace: Trace.nullable().describe('what the last failed attempt tried'),
  options: ChosenOptions,
  captionIds: z.array(CaptionId),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
})
export type Job = z.infer<typeof Job>

export const JobOptions = CaptionOptions.extend({ priority: Priority.default(0) })
export type JobOptions = z.infer<typeof JobOptions>

export const JobRequest = CaptionRequest.safeExtend({ priority: Priority.default(0) })
export type JobRequest = z.input<typeof JobRequest>

/** How a failed or canceled job is run again. */
export const JobRetry = z.strictObject({
  force: z.literal(true).optional().describe('from now on as with `force` in its options'),
})
export type JobRetry = z.infer<typeof JobRetry>

export const JobResult = CaptionResponse
export type JobResult = z.infer<typeof JobResult>

export const JobQuery = PageQuery.extend({ status: JobStatus.optional() })
export type JobQuery = z.infer<typeof JobQuery>
