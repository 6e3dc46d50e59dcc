import { z } from 'zod'
import { Timestamp } from './identifier.ts'

const Check = z.object({
  ok: z.boolean(),
  reason: z.string().nullable().describe('in words, when not ok'),
})

const WorkerState = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  startedAt: Timestamp,
  seenAt: Timestamp,
  running: z.int().min(0).describe('jobs in hand'),
})

/** `live`: the process answers. `ready`: it can do its work; every check says why not. */
export const Health = z.object({
  live: z.literal(true),
  ready: z.boolean(),
  version: z.string(),
  checks: z.object({
    database: Check,
    storage: Check,
    workers: Check,
    captioners: Check.describe(
      'not ok when one is left out, or not asked for now; the others work all the same',
    ),
  }),
  workers: z.array(WorkerState),
})
export type Health = z.infer<typeof Health>
