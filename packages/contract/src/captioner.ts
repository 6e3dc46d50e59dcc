import { z } from 'zod'
import { Style } from './caption.ts'
import { type CaptionerKind, captionerKinds } from './captioner-kinds.ts'
import { Timestamp } from './identifier.ts'
import { Outcome } from './outcome.ts'

const kinds: CaptionerKind[] = captionerKinds.map(({ kind }) => kind)

/** How a captioner fares, as the process that answers knows it. */
export const CaptionerState = z.object({
  status: z
    .enum(['ok', 'failing', 'cooling'])
    .describe('failing: the last request failed; cooling: it is not asked for now'),
  until: Timestamp.nullable().describe('cooling: when it is tried again'),
  failingSince: Timestamp.nullable().describe('of the first failure after its last answer'),
  lastError: z
    .object({ outcome: Outcome, message: z.string(), at: Timestamp })
    .nullable()
    .describe('kept when it works again; null: none since the start'),
})
export type CaptionerState = z.infer<typeof CaptionerState>

/** Anything that can look at an image and return text, as the chooser on a page shows it. */
export const CaptionerInfo = z.object({
  name: z.string(),
  kind: z.enum([...kinds, 'builtin', 'basic']),
  description: z.string(),
  styles: z.array(Style),
  mayBeAsked: z.boolean().optional().describe('false: the privacy rules keep pictures from it'),
  takesInstructions: z
    .boolean()
    .describe('it is told a prompt, a language and a trigger word, and honours them'),
  sees: z
    .boolean()
    .describe('false: it measures pixels, and never stands in for a captioner that sees'),
  parent: z
    .string()
    .nullable()
    .describe('the captioner that this one is a fallback of: another model of the same provider'),
  sendsPixelsTo: z.string().nullable().describe('host the pixels go to; null: they stay here'),
  isDefault: z.boolean(),
  state: CaptionerState,
})
export type CaptionerInfo = z.infer<typeof CaptionerInfo>

export const CaptionerList = z.object({ items: z.array(CaptionerInfo) })
