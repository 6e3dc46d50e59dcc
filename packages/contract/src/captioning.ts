import { z } from 'zod'
import { Style, Usage } from './caption.ts'
import { CaptionerSettings } from './captioner-kinds.ts'
import { CaptionerName, Chain } from './captioner-settings.ts'
import { CaptionId, ImageId, Timestamp } from './identifier.ts'
import { Outcome } from './outcome.ts'
import { PageQuery } from './page.ts'
import { text } from './text.ts'
import { Trace } from './trace.ts'

/** A captioner that was set up here; its key is never shown. */
export const ConfiguredCaptioner = z.object({
  settings: CaptionerSettings,
  keyHint: z.string().nullable().describe('the last four characters of its key; null: it has none'),
  problem: z.string().nullable().describe('why it cannot be asked now, and how to fix it'),
  updatedAt: Timestamp,
})
export type ConfiguredCaptioner = z.infer<typeof ConfiguredCaptioner>

export const ConfiguredCaptionerList = z.object({ items: z.array(ConfiguredCaptioner) })

/** Absent: the key that is stored stays. Null: it is removed. */
const Key = text(10_000).trim().min(1).nullish()

export const CaptionerSetup = z.strictObject({ settings: CaptionerSettings, key: Key })
export type CaptionerSetup = z.input<typeof CaptionerSetup>

/** What a captioner answered to a picture of our own, or why it did not. */
export const CaptionerTest = z.object({
  text: z.string().nullable(),
  outcome: Outcome.nullable().describe('null: it gave a caption'),
  message: z.string().nullable().describe('what went wrong, and how to fix it'),
  reply: z.string().nullable().describe('what came back instead of a caption'),
  ms: z.number().min(0),
  usage: Usage.nullable(),
})
export type CaptionerTest = z.infer<typeof CaptionerTest>

/** Where pictures may go. */
export const Privacy = z.strictObject({
  pixels: z
    .enum(['anywhere', 'these-captioners', 'this-machine'])
    .default('anywhere')
    .describe('which captioners may be shown pictures'),
  captioners: z
    .array(CaptionerName)
    .max(100)
    .default([])
    .describe('with `these-captioners`: those that may send pictures away'),
})
export type Privacy = z.infer<typeof Privacy>

/** US dollars; a hard stop. Absent: no limit. */
export const Budgets = z.strictObject({
  perRequest: z.number().min(0).optional(),
  perJob: z.number().min(0).optional(),
  perMonth: z.number().min(0).optional().describe('from the first of the month, UTC'),
})
export type Budgets = z.infer<typeof Budgets>

/** How captions are made for an organization. */
export const CaptioningRules = z.strictObject({
  chain: Chain.nullable().describe('null: captioners in the order of /api/captioners'),
  privacy: Privacy,
  budgets: Budgets,
})
export type CaptioningRules = z.infer<typeof CaptioningRules>

/**
 * What a model that follows instructions is told. `{style}`, `{trigger}` and `{language}` stand for what
 * a request says; a line with a variable that has no value is left out.
 */
export const Prompt = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, 'letters, digits, spaces and . _ -'),
  style: Style,
  template: text(8000).trim().min(1),
})
export type Prompt = z.infer<typeof Prompt>

export const PromptList = z.object({ items: z.array(Prompt.extend({ updatedAt: Timestamp })) })

/** One picture that left this machine. */
export const SentImage = z.object({
  id: CaptionId,
  imageId: ImageId,
  captioner: z.string(),
  host: z.string(),
  sentAt: Timestamp,
})
export type SentImage = z.infer<typeof SentImage>
export const SentImageQuery = PageQuery

export const EstimateRequest = z.strictObject({
  images: z.int().min(1).max(10_000_000),
  styles: z.array(Style).min(1).max(4).optional(),
  captioner: CaptionerName.optional().describe('absent: the first of the chain'),
})
export const Estimate = z.object({
  captioner: z.string(),
  dollars: z.object({ low: z.number(), high: z.number() }),
  seconds: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .describe('null: it was not asked lately, so nobody knows'),
})
export type Estimate = z.infer<typeof Estimate>

/** The answer to a failed caption says what was tried. */
export const FailureDetails = z.object({ outcome: z.string(), trace: Trace })
export type FailureDetails = z.infer<typeof FailureDetails>

/** The answer of what leaves nothing to say. */
export const Nothing = z.object({})
