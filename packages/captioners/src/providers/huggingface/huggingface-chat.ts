import { chatCompletion } from '@huggingface/inference'
import { z } from 'zod'
import type { CaptionOutput } from '../../captioner/captioner.ts'
import type { Target } from '../../captioner/target.ts'
import { badAnswer, ODD_FORM } from '../../http/bad-answer.ts'
import { captionFromReply, type ModelReply } from '../../http/caption-from-reply.ts'
import type { Question } from '../../http/hosted-captioner.ts'
import type { HuggingFaceRoute } from './huggingface.ts'
import { huggingFaceFailure } from './huggingface-failure.ts'

/** One chat completion of a model that looks at images and follows instructions. */
export async function askChat(question: Question, route: HuggingFaceRoute): Promise<CaptionOutput> {
  const { image, prompt, sampling, apiKey, target, fetch, signal } = question
  const { temperature, topP, maxTokens } = sampling
  const url = `data:${image.mediaType};base64,${Buffer.from(image.file).toString('base64')}`
  const answer: unknown = await chatCompletion(
    {
      ...route,
      ...(apiKey && { accessToken: apiKey }),
      model: target.model,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url } },
            { type: 'text', text: prompt },
          ],
        },
      ],
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { top_p: topP }),
      ...(maxTokens !== undefined && { max_tokens: maxTokens }),
    },
    { fetch, signal, retry_on_error: false },
  ).catch((error) => {
    throw huggingFaceFailure(target, error)
  })
  return captionFromReply(target, toReply(target, answer))
}

function toReply(target: Target, answer: unknown): ModelReply {
  const choice = Completion.safeParse(answer).data?.choices[0]
  if (!choice) throw badAnswer(target, ODD_FORM, { reply: JSON.stringify(answer) })
  const { refusal, content } = choice.message
  const usage = Usage.safeParse(answer).data?.usage
  return {
    text: refusal || content || '',
    end: refusal ? 'refused' : (ends[choice.finish_reason ?? ''] ?? 'unknown'),
    usage: { inputTokens: usage?.prompt_tokens, outputTokens: usage?.completion_tokens },
  }
}

/** `eos_token` and `stop_sequence` are Hugging Face's own server's. */
const ends: Record<string, ModelReply['end']> = {
  stop: 'stop',
  eos_token: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  content_filter: 'blocked',
}

/** The part of their answer that we read. */
const Completion = z.object({
  choices: z.array(
    z.object({
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      finish_reason: z.string().nullish(),
    }),
  ),
})
const Usage = z.object({
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }),
})
