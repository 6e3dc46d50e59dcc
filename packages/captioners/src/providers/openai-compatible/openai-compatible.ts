import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { SettingsOfKind } from '@descry/contract'
import type { Captioner } from '../../captioner/captioner.ts'
import { generateCaption } from '../../http/generate-caption.ts'
import {
  type HostedModel,
  hostedCaptioner,
  type ProviderOptions,
} from '../../http/hosted-captioner.ts'
import { thinksFirst, toOpenAI } from './openai-request.ts'

/**
 * Captions through any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM,
 * llama.cpp, OpenRouter, OpenAI. Source: https://platform.openai.com/docs/api-reference/chat
 */
export function openaiCompatibleCaptioner(
  settings: SettingsOfKind<'openai-compatible'>,
  options: ProviderOptions = {},
): Captioner {
  const isOpenAI = new URL(settings.baseUrl).host === 'api.openai.com'
  const models = settings.models.map((model): HostedModel => {
    const thinks = isOpenAI && thinksFirst(model)
    return {
      model,
      takesInstructions: true,
      // The dialect has no topK; the SDK would leave it out and print a warning.
      sampling: { takes: thinks ? ['maxTokens'] : ['temperature', 'topP', 'maxTokens'] },
      limits: { formats: ['image/jpeg', 'image/png'], maxSide: 2048 },
      ask: (question) => {
        const provider = createOpenAICompatible({
          name: 'provider',
          baseURL: settings.baseUrl.replace(/\/+$/, ''),
          fetch: question.fetch,
          transformRequestBody: isOpenAI ? toOpenAI : notAsStream,
          ...(question.apiKey && { apiKey: question.apiKey }),
        })
        const thinkingTokens = thinks ? 1024 : 0
        return generateCaption(question, { model: provider(model), thinkingTokens })
      },
    }
  })
  return hostedCaptioner(settings, { ...options, models })
}

/** Some servers stream unless they are told not to. */
const notAsStream = (body: Record<string, unknown>) => ({ ...body, stream: false })
