import { z } from 'zod'
import { Caption } from './caption.ts'
import { Job } from './job.ts'

/** Something that happened, in the order it was committed. `id` grows; it is what `Last-Event-ID` takes. */
export const Event = z.discriminatedUnion('type', [
  z.object({ id: z.string(), type: z.literal('job'), job: Job }),
  z.object({ id: z.string(), type: z.literal('caption'), caption: Caption }),
])
export type Event = z.infer<typeof Event>
