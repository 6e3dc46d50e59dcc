import { APICallError, type FinishReason, generateText, type LanguageModel } from 'ai'
import { z } from 'zod'
import type { CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import type { Target } from '../captioner/target.ts'
import { badAnswer, ODD_FORM } from './bad-answer.ts'
import { captionFromReply } from './caption-from-reply.ts'
import { endOfReply, type ReplyEnd } from './end-of-reply.ts'
import type { Question } from './hosted-captioner.ts'

type Asked = Pick<Parameters<typeof generateText>[0], 'reasoning' | 'providerOptions'> & {
  model: LanguageModel
  /** Tokens for thoughts, which are counted with the answer by models that always think first. */
  thinkingTokens?: number
}

/** One request through the AI SDK, without its retries: the chain has the only retry loop. */
export async function generateCaption(
  { image, prompt, sampling, target, signal }: Question,
  { thinkingTokens = 0, ...asked }: Asked,
): Promise<CaptionOutput> {
  globalThis.AI_SDK_LOG_WARNINGS = false // it would print them; what is not honoured is refused before
  const { maxTokens, temperature, topP, topK } = sampling
  const { text, finishReason, rawFinishReason, usage, finalStep } = await generateText({
    ...asked,
    ...(maxTokens !== undefined && { maxOutputTokens: maxTokens + thinkingTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    messages: [
      {
        role: 'user',
        content: [
          { type: 'file', data: image.file, mediaType: image.mediaType },
          { type: 'text', text: prompt },
        ],
      },
    ],
    maxRetries: 0,
    abortSignal: signal,
    include: { responseBody: true },
  }).catch((error) => {
    throw fromSdk(error, target)
  })
  const refusal = Refusal.safeParse(finalStep.response.body).data?.choices[0]?.message.refusal
  const end = refusal ? 'refused' : findEnd(rawFinishReason, finishReason)
  return captionFromReply(target, { text, end, reason: rawFinishReason ?? finishReason, usage })
}

/** The provider's own word counts, but for what the SDK reads elsewhere: a prompt that Gemini blocks. */
function findEnd(raw: string | undefined, sdk: FinishReason): ReplyEnd {
  const end = endOfReply(raw)
  return sdk === 'content-filter' && end !== 'refused' ? 'blocked' : end
}

/** OpenAI's words for not answering. The SDK gives them as text, as if they were the caption. */
const Refusal = z.object({
  choices: z.array(z.object({ message: z.object({ refusal: z.string().nullish() }) })),
})

/**
 * Errors of a request that failed come from `fetchJson`, at times wrapped. What else the SDK throws is
 * about an answer that it cannot read. Its own errors hold the whole request, the image included, so
 * none is kept.
 */
function fromSdk(error: unknown, target: Target): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof CaptionerFailure) return cause
  }
  if (!(error instanceof Error && error.name.startsWith('AI_'))) return error
  const reply = APICallError.isInstance(error) ? error.responseBody : undefined
  return badAnswer(target, ODD_FORM, { reply })
}
