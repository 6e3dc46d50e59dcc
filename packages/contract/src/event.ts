import { z } from 'zod'
import { Style } from './caption.ts'
import { CaptionerState } from './captioner.ts'
import { Failure } from './error.ts'
import { CaptionId, ImageId, JobId, Timestamp } from './identifier.ts'
import { JobStatus, Progress } from './job.ts'

/** Of a job whose state or progress changed: what a list of jobs shows of it. */
export const JobChange = z.object({
  id: JobId,
  kind: z.string(),
  parentId: JobId.nullable(),
  status: JobStatus,
  progress: Progress,
  error: Failure.nullable(),
  runAfter: Timestamp.nullable(),
})
export type JobChange = z.infer<typeof JobChange>

/** Of a caption that was made. */
export const CaptionChange = z.object({
  id: CaptionId,
  imageId: ImageId,
  jobId: JobId.nullable(),
  style: Style,
})
export type CaptionChange = z.infer<typeof CaptionChange>

/** Of a captioner that began to fail, is left alone for a while, or works again. */
export const CaptionerChange = z.object({ name: z.string(), state: CaptionerState })
export type CaptionerChange = z.infer<typeof CaptionerChange>

/**
 * The types of events there are, and what each carries: ids and small changes, never whole rows. A new
 * type is one more line here.
 */
export const eventTypes = {
  job: JobChange,
  caption: CaptionChange,
  captioner: CaptionerChange,
} as const

export type EventType = keyof typeof eventTypes
export type EventData<Type extends EventType = EventType> = z.infer<(typeof eventTypes)[Type]>

/** Something that happened. `id` grows in the order of commits; it is what `Last-Event-ID` takes. */
export type Event = {
  [Type in EventType]: Envelope & { type: Type; data: EventData<Type> }
}[EventType]
type Envelope = { id: string; actor: string; at: string }

const envelope = { id: z.string(), actor: z.string().describe('who did it'), at: Timestamp }
const ofTypes = Object.entries(eventTypes).map(([type, data]) =>
  z.object({ ...envelope, type: z.literal(type), data }),
)

export const Event = z.discriminatedUnion(
  'type',
  ofTypes as [(typeof ofTypes)[number], ...typeof ofTypes],
) as unknown as z.ZodType<Event>
