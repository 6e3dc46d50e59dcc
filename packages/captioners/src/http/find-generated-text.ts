import { z } from 'zod'

/** The text of an image-to-text model, as Hugging Face's servers give it: an object, or a list of one. */
export function findGeneratedText(answer: unknown): string | undefined {
  const [first] = [answer].flat(2)
  return z.object({ generated_text: z.string() }).safeParse(first).data?.generated_text
}
