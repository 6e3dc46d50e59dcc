import { JobId } from '@descry/contract'
import { z } from 'zod'

/** What may be on the queue: what a job is, apart from what it does (`worker/`). */
export type QueuedJob<Payload> = {
  /** Payloads carry ids: the row is the truth, the job only says "look at it". */
  name: string
  payload: z.ZodType<Payload>
  /** Attempts after the first; the wait before each doubles, from one second. */
  retryLimit: number
  /** An attempt that takes longer is stopped and counts as failed. */
  timeoutSeconds: number
  /** Where a delivery goes that no worker could finish, not even to say that it failed. */
  deadLetter?: string
}

/** A job that is re-driven gets a new delivery; what is left of the old one must not touch it. */
const CaptionJob = z.object({ jobId: JobId, deliveryId: z.uuid() })
export type CaptionJob = z.infer<typeof CaptionJob>

export const captionImageDead = {
  name: 'caption-image-dead',
  payload: CaptionJob,
  retryLimit: 10,
  timeoutSeconds: 30,
} satisfies QueuedJob<CaptionJob>

export const captionImage = {
  name: 'caption-image',
  payload: CaptionJob,
  retryLimit: 3,
  // Four styles, each with the longest deadline that a chain may have, and some time for the rest.
  timeoutSeconds: 4 * 3600 + 600,
  deadLetter: captionImageDead.name,
} satisfies QueuedJob<CaptionJob>

export const cleanUp = {
  name: 'clean-up',
  payload: z.object({}),
  retryLimit: 2,
  timeoutSeconds: 600,
} satisfies QueuedJob<object>

/** Dead letter queues come before the queues that name them. */
export const allJobs = [captionImageDead, captionImage, cleanUp] as const

export const schedules = [{ job: cleanUp, cron: '17 3 * * *' }] as const
