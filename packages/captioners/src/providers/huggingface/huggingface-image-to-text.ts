import { imageToText } from '@huggingface/inference'
import type { CaptionOutput } from '../../captioner/captioner.ts'
import { captionFromReply } from '../../http/caption-from-reply.ts'
import { findGeneratedText } from '../../http/find-generated-text.ts'
import type { Question } from '../../http/hosted-captioner.ts'
import type { HuggingFaceRoute } from './huggingface.ts'
import { huggingFaceFailure } from './huggingface-failure.ts'

/** One caption of a model that does nothing else. */
export async function askImageToText(
  { image, apiKey, target, fetch, signal }: Question,
  route: HuggingFaceRoute,
): Promise<CaptionOutput> {
  // `auto` would print to the console which one it is; Hugging Face itself serves this task.
  const chosen = 'provider' in route && route.provider === 'auto' ? ownServers : route
  const data = new Blob([Uint8Array.from(image.file)], { type: image.mediaType })
  const { generated_text: text = '' } = await imageToText(
    { ...chosen, ...(apiKey && { accessToken: apiKey }), model: target.model, data },
    { fetch: withoutList(fetch), signal, retry_on_error: false },
  ).catch((error) => {
    throw huggingFaceFailure(target, error)
  })
  return captionFromReply(target, { text, end: 'unknown', usage: {} })
}

const ownServers = { provider: 'hf-inference' } as const

/**
 * The servers answer a list of one; the SDK (4.13) takes the object in it and refuses the list.
 * As in https://github.com/huggingface/huggingface_hub/pull/2285, which met both.
 */
const withoutList =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    const answer: unknown = await (await fetch(input, init)).json()
    const generated_text = findGeneratedText(answer)
    return Response.json(generated_text === undefined ? answer : { generated_text })
  }
