import { createGoogle } from '@ai-sdk/google'
import { type SettingsOfKind, urlOfCaptioner } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import { generateCaption } from '../http/generate-caption.ts'
import {
  type HostedModel,
  hostedCaptioner,
  type ProviderOptions,
} from '../http/hosted-captioner.ts'

/** Captions by Gemini. Source: https://ai.google.dev/api/generate-content */
export function googleCaptioner(
  settings: SettingsOfKind<'google'>,
  options: ProviderOptions = {},
): Captioner {
  const baseURL = urlOfCaptioner(settings) ?? ''
  const models = settings.models.map(
    (model): HostedModel => ({
      model,
      takesInstructions: true,
      sampling: { takes: ['temperature', 'topP', 'topK', 'maxTokens'] },
      limits: { formats: ['image/jpeg', 'image/png', 'image/webp'], maxSide: 2048 },
      ask: (question) => {
        const { apiKey = '', fetch } = question // without any, the SDK would read the environment
        const provider = createGoogle({ baseURL, apiKey, fetch })
        return generateCaption(question, { model: provider(model), ...thinkingOf(model) })
      },
    }),
  )
  return hostedCaptioner(settings, { ...options, models })
}

/**
 * A caption needs little thought, and thoughts count as answer: with the usual 200 tokens they would
 * often be all there is. Models from 2.5 on think; of them only Flash can be told not to.
 */
function thinkingOf(model: string) {
  if (!/gemini-(2\.5|[3-9]|.*latest)/.test(model)) return {}
  const thinkingTokens = /gemini-2\.5-flash/.test(model) ? 0 : 1024
  return { reasoning: 'none' as const, thinkingTokens } // the SDK makes "as little as it can" of `none`
}
