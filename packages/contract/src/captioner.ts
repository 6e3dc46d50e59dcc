import { z } from 'zod'
import { Style } from './caption.ts'
import { type CaptionerKind, captionerKinds } from './captioner-kinds.ts'

const kinds: CaptionerKind[] = captionerKinds.map(({ kind }) => kind)

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
})
export type CaptionerInfo = z.infer<typeof CaptionerInfo>

export const CaptionerList = z.object({ items: z.array(CaptionerInfo) })
