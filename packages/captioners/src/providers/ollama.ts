import { type SettingsOfKind, urlOfCaptioner } from '@descry/contract'
import { z } from 'zod'
import type { Captioner, CaptionOutput } from '../captioner/captioner.ts'
import { badAnswer, ODD_FORM } from '../http/bad-answer.ts'
import { captionFromReply } from '../http/caption-from-reply.ts'
import { hostedCaptioner, type ProviderOptions, type Question } from '../http/hosted-captioner.ts'

/**
 * Captions by Ollama through its own API, which takes topK and the time that a model stays in memory.
 * Source: https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export function ollamaCaptioner(
  settings: SettingsOfKind<'ollama'>,
  options: ProviderOptions = {},
): Captioner {
  const models = settings.models.map((model) => ({
    model,
    takesInstructions: true,
    sampling: { takes: ['temperature', 'topP', 'topK', 'maxTokens'] as const },
    limits: { formats: ['image/jpeg' as const, 'image/png' as const], maxSide: 2048 },
    ask: (question: Question) => ask(question, settings),
  }))
  return hostedCaptioner(settings, { ...options, models })
}

async function ask(question: Question, settings: SettingsOfKind<'ollama'>): Promise<CaptionOutput> {
  const { image, prompt, sampling, apiKey, target, fetch } = question
  const { temperature, topP, topK, maxTokens } = sampling
  const response = await fetch(`${urlOfCaptioner(settings)}/api/generate`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(apiKey && { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify({
      model: target.model,
      prompt,
      images: [Buffer.from(image.file).toString('base64')],
      stream: false,
      options: { temperature, top_p: topP, top_k: topK, num_predict: maxTokens },
    }),
  })
  const answer: unknown = await response.json()
  const parsed = Answer.safeParse(answer)
  if (!parsed.success) throw badAnswer(target, ODD_FORM, { reply: JSON.stringify(answer) })
  const { response: text, done_reason, prompt_eval_count, eval_count } = parsed.data
  return captionFromReply(target, {
    text,
    end: done_reason === 'length' ? 'length' : 'stop',
    usage: { inputTokens: prompt_eval_count, outputTokens: eval_count },
  })
}

/** The part of its answer that we read. */
const Answer = z.object({
  response: z.string(),
  done_reason: z.string().optional(),
  prompt_eval_count: z.number().optional(),
  eval_count: z.number().optional(),
})
