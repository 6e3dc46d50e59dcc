import { z } from 'zod'
import type { ModelReply } from './caption-from-reply.ts'
import { endOfReply } from './end-of-reply.ts'

/**
 * The answer of an image-to-text model, as Hugging Face's servers give it: an object, or a list of one.
 * Those that generate text in general say in `details` how it ended, where they are asked to.
 */
export function findGeneratedText(answer: unknown): Omit<ModelReply, 'usage'> | undefined {
  const [first] = [answer].flat(2)
  const { data } = Generated.safeParse(first)
  if (!data) return undefined
  const reason = data.details?.finish_reason ?? data.finish_reason ?? undefined
  return { text: data.generated_text, end: endOfReply(reason), reason }
}

const finish_reason = z.string().nullish().catch(undefined)
const Generated = z.object({
  generated_text: z.string(),
  finish_reason,
  details: z.object({ finish_reason }).nullish().catch(undefined),
})
