import { z } from 'zod'
import {
  CaptionOptions,
  CaptionRequest,
  CaptionResponse,
  ChosenOptions,
  MissingStyles,
} from './caption.ts'
import { Failure } from './error.ts'
import { CaptionId, ImageId, JobId, Timestamp } from './identifier.ts'
import { PageQuery } from './page.ts'
import { number, text } from './text.ts'
import { Trace } from './trace.ts'

export const JobStatus = z.enum(['queued', 'processing', 'done', 'failed', 'canceled'])
export type JobStatus = z.infer<typeof JobStatus>

export const Priority = number(z.number().int().min(-10).max(10)).describe('higher runs earlier')

/** Of the items of a job: images of a batch, captions of an image. */
export const Progress = z.object({
  done: z.int().min(0).describe('items that have ended, however they did'),
  failed: z.int().min(0).describe('those of them that failed'),
  total: z.int().min(1),
})
export type Progress = z.infer<typeof Progress>

const everyJob = {
  id: JobId,
  status: JobStatus,
  progress: Progress,
  parentId: JobId.nullable().describe('the batch that it is part of'),
  priority: z.int(),
  attempts: z.int().min(0).describe('how often it was started'),
  interruptions: z
    .int()
    .min(0)
    .describe('attempts cut off by a crash: their call to a paid captioner may have been repeated'),
  error: Failure.nullable().describe('of the last failed attempt'),
  runAfter: Timestamp.nullable().describe(
    'put off until then, because a provider limits requests or is down; null: as soon as it is its turn',
  ),
  name: z.string().nullable().describe('file name of the upload, or of the batch; null: none'),
  trace: Trace.nullable().describe('what the last failed attempt tried'),
  actor: z.string().describe('who submitted it'),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
}

/** The captions of one image. */
export const CaptionJob = z.object({
  ...everyJob,
  kind: z.literal('caption'),
  imageId: ImageId,
  options: ChosenOptions,
  captionIds: z.array(CaptionId),
  missing: MissingStyles,
})
export type CaptionJob = z.infer<typeof CaptionJob>

/** A job made of jobs, which are listed by its id. It ends with the last of them. */
export const BatchJob = z.object({
  ...everyJob,
  kind: z.literal('batch'),
  items: z.int().min(0).describe('jobs that were added so far'),
})
export type BatchJob = z.infer<typeof BatchJob>

/** A job of a kind that has no shape of its own here. */
const OtherJob = z.object({
  ...everyJob,
  kind: z.literal('other'),
  work: z.string().describe('the name of its kind'),
  result: z.unknown().describe('what came out of it; null: nothing yet'),
})

/** Work done in the background. A kind that shows more than all jobs do has its shape in this list. */
export const Job = z.discriminatedUnion('kind', [CaptionJob, BatchJob, OtherJob])
export type Job = z.infer<typeof Job>

const forJobs = {
  priority: Priority.default(0),
  batchId: JobId.optional().describe('the batch that it joins, whose priority it takes'),
  patienceSeconds: number(
    z
      .number()
      .int()
      .min(0)
      .max(30 * 86_400),
  )
    .optional()
    .describe(
      'how long it may wait for a provider that limits requests or is down; a day unless given',
    ),
}
export const JobOptions = CaptionOptions.extend(forJobs)
export type JobOptions = z.infer<typeof JobOptions>

export const JobRequest = CaptionRequest.safeExtend(forJobs)
export type JobRequest = z.input<typeof JobRequest>

export const BatchRequest = z.strictObject({
  name: text(200).trim().min(1).optional().describe('what people know it by'),
  images: z.int().min(1).max(100_000).describe('how many will be added; it waits for all of them'),
  priority: Priority.default(0),
})
export type BatchRequest = z.input<typeof BatchRequest>

/** How a failed or canceled job is run again. */
export const JobRetry = z.strictObject({
  force: z.literal(true).optional().describe('from now on as with `force` in its options'),
})
export type JobRetry = z.infer<typeof JobRetry>

export const JobResult = CaptionResponse
export type JobResult = z.infer<typeof JobResult>

export const JobQuery = PageQuery.extend({
  status: JobStatus.optional(),
  batchId: JobId.optional().describe('the jobs of this batch; absent: those of no batch'),
  order: z.enum(['newest', 'oldest']).default('newest'),
  offset: number(z.number().int().min(0).max(100_000))
    .default(0)
    .describe('how many to skip: shows any part of a long batch without reading what precedes it'),
})
export type JobQuery = z.infer<typeof JobQuery>
