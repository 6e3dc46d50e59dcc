import { z } from 'zod'
import { Style } from './caption.ts'

/** Anything that can look at an image and return text, as the chooser on a page shows it. */
export const CaptionerInfo = z.object({
  name: z.string(),
  kind: z.enum([
    'openai-compatible',
    'google',
    'anthropic',
    'bedrock',
    'sagemaker',
    'rekognition',
    'huggingface',
    'local-vlm',
    'model',
    'builtin',
    'basic',
  ]),
  description: z.string(),
  styles: z.array(Style),
  mayBeAsked: z.boolean().optional().describe('false: the privacy rules keep pictures from it'),
  sendsPixelsTo: z.string().nullable().describe('host the pixels go to; null: they stay here'),
  isDefault: z.boolean(),
})
export type CaptionerInfo = z.infer<typeof CaptionerInfo>

export const CaptionerList = z.object({ items: z.array(CaptionerInfo) })
