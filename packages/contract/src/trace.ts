import { z } from 'zod'
import { Timestamp } from './identifier.ts'
import { Outcome } from './outcome.ts'

/** How a step of a chain ended: with a caption, with nobody asked, or without a caption. */
export const StepOutcome = z.enum(['done', 'skipped', ...Outcome.options])
export type StepOutcome = z.infer<typeof StepOutcome>

/** One attempt of a chain at one captioner, or why there was none. */
export const TraceStep = z.object({
  captioner: z.string(),
  model: z.string().nullable().describe("the captioner's model version"),
  attempt: z.int().min(0).describe('the how many-th at this captioner; 0: it was not asked'),
  startedAt: Timestamp,
  ms: z.number().min(0).describe('milliseconds of the request'),
  waitedMs: z.number().min(0).describe('milliseconds before it: in line, or for limits'),
  outcome: StepOutcome,
  reason: z
    .string()
    .optional()
    .describe('for people: why there is no caption, or what was done to the one there is'),
  status: z.int().optional().describe('HTTP status of the provider'),
  inputTokens: z.int().min(0).optional(),
  outputTokens: z.int().min(0).optional(),
  cost: z.number().min(0).optional().describe('US dollars that were booked for it'),
  reply: z
    .string()
    .max(2000)
    .optional()
    .describe('what came back instead of a caption; never stored as one'),
})
export type TraceStep = z.infer<typeof TraceStep>

/** What a chain tried for one caption, in that order. */
export const Trace = z.object({
  steps: z.array(TraceStep),
  ms: z.number().min(0).describe('milliseconds in all'),
  cost: z.number().min(0).describe('US dollars in all'),
})
export type Trace = z.infer<typeof Trace>
