import { z } from 'zod'
import { Style } from './caption.ts'

/** How many requests a captioner may get, and what images it takes. What is absent is not limited. */
export const Limits = z.strictObject({
  formats: z
    .array(z.enum(['image/jpeg', 'image/png', 'image/webp']))
    .min(1)
    .optional(),
  maxSide: z.int().min(64).max(16_384).optional().describe('pixels of the longest side'),
  maxBytes: z.int().min(10_000).optional().describe('of the encoded image'),
  perMinute: z.int().min(1).optional().describe('requests'),
  perDay: z.int().min(1).optional().describe('requests, from midnight UTC'),
  parallel: z.int().min(1).max(1000).optional().describe('requests at a time'),
})
export type Limits = z.infer<typeof Limits>

/** US dollars. */
export const Price = z.strictObject({
  inputPerMillion: z.number().min(0).default(0).describe('tokens read'),
  outputPerMillion: z.number().min(0).default(0).describe('tokens written'),
  perImage: z.number().min(0).default(0),
})
export type Price = z.infer<typeof Price>

/** How a model chooses its words. What a captioner cannot honour it refuses. */
export const Sampling = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  topK: z.int().min(1).max(1000).optional(),
  maxTokens: z.int().min(8).max(8192).optional(),
})
export type Sampling = z.infer<typeof Sampling>

/** For models that follow instructions. */
export const defaultSampling = {
  temperature: 0.7,
  topP: 0.95,
  topK: 40,
  maxTokens: 200,
} as const satisfies Sampling

export const CaptionerName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._:/@-]{0,79}$/i, 'letters, digits and . _ : / @ -, at most 80')

/** What all captioners are set up with. */
export const commonSettings = {
  name: CaptionerName,
  enabled: z.boolean().default(true),
  limits: Limits.default({}),
  price: Price.optional().describe('absent: it costs nothing'),
  sampling: Sampling.default({}),
  timeoutSeconds: z.number().gt(0).max(600).default(60).describe('deadline of one request'),
}

/** A step of a chain: a captioner, and the styles it is asked for. */
export const ChainStep = z.strictObject({
  captioner: CaptionerName,
  styles: z.array(Style).min(1).optional().describe('absent: all it can write'),
})

/** In which order captioners are asked. */
export const Chain = z.strictObject({
  steps: z.array(ChainStep).min(1).max(20),
  timeoutSeconds: z.number().gt(0).max(3600).default(180).describe('deadline of the whole chain'),
  fallThroughRefusals: z
    .boolean()
    .default(false)
    .describe('ask the next captioner when one refused the image or a filter blocked it'),
})
export type Chain = z.infer<typeof Chain>
