import { createAnthropic } from '@ai-sdk/anthropic'
import { type SettingsOfKind, urlOfCaptioner } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import { generateCaption } from '../http/generate-caption.ts'
import {
  type HostedModel,
  hostedCaptioner,
  type ProviderOptions,
} from '../http/hosted-captioner.ts'
import { claudeSampling, claudeThinking } from './claude-rules.ts'

/** Captions by Claude. Source: https://docs.claude.com/en/api/messages */
export function anthropicCaptioner(
  settings: SettingsOfKind<'anthropic'>,
  options: ProviderOptions = {},
): Captioner {
  const baseURL = urlOfCaptioner(settings) ?? ''
  const models = settings.models.map(
    (model): HostedModel => ({
      model,
      takesInstructions: true,
      sampling: claudeSampling(model),
      // Above 1568 pixels it shrinks the image itself; 5 MB is the limit of the base64.
      limits: { formats: ['image/jpeg', 'image/png'], maxSide: 1568, maxBytes: 3_750_000 },
      ask: (question) => {
        const { apiKey = '', fetch } = question // without any, the SDK would read the environment
        const provider = createAnthropic({ baseURL, apiKey, fetch })
        return generateCaption(question, { model: provider(model), ...claudeThinking(model) })
      },
    }),
  )
  return hostedCaptioner(settings, { ...options, models })
}
