import type { SettingsOfKind } from '@descry/contract'
import { INFERENCE_PROVIDERS } from '@huggingface/inference'
import type { Captioner } from '../../captioner/captioner.ts'
import { CaptionerFailure } from '../../captioner/captioner-failure.ts'
import { nameOf } from '../../captioner/target.ts'
import { hostOf } from '../../http/host-of.ts'
import {
  type HostedModel,
  hostedCaptioner,
  type ProviderOptions,
  type Question,
} from '../../http/hosted-captioner.ts'
import { askChat } from './huggingface-chat.ts'
import { askImageToText } from './huggingface-image-to-text.ts'

/** Where a request goes to: an endpoint of one's own, or one of the providers behind the router. */
export type HuggingFaceRoute =
  | { endpointUrl: string }
  | { provider: (typeof INFERENCE_PROVIDERS)[number] | 'auto' }

/**
 * Captions through Hugging Face: its inference providers, or a dedicated endpoint.
 * Source: https://huggingface.co/docs/inference-providers
 */
export function huggingfaceCaptioner(
  settings: SettingsOfKind<'huggingface'>,
  options: ProviderOptions = {},
): Captioner {
  const route = routeOf(settings)
  const host = hostOf(settings.endpointUrl ?? 'https://router.huggingface.co')
  const models = settings.models.map((model): HostedModel => {
    const formats: HostedModel['limits']['formats'] = ['image/jpeg', 'image/png']
    if (captioningModel.test(model)) {
      return {
        model,
        takesInstructions: false,
        sampling: { takes: [] },
        limits: { formats, maxSide: 1024 },
        ask: async (question) => askImageToText(withToken(question, route), route),
      }
    }
    return {
      model,
      takesInstructions: true,
      sampling: { takes: ['temperature', 'topP', 'maxTokens'] },
      limits: { formats, maxSide: 2048 },
      ask: async (question) => askChat(withToken(question, route), route),
    }
  })
  return hostedCaptioner(settings, { ...options, host, needsKey: !settings.endpointUrl, models })
}

/** Models that only caption: they take no prompt, and have no chat. The others are asked as a chat. */
const captioningModel = /blip|vit-gpt2|captioning|(^|\/)git-(base|large)/i

/** With a key of somebody else, the SDK would leave out the router: images would go to another host. */
function withToken(question: Question, route: HuggingFaceRoute): Question {
  if ('endpointUrl' in route || question.apiKey?.startsWith('hf_')) return question
  const message = `${nameOf(question.target)} takes the tokens of Hugging Face only, which start with hf_. Set one.`
  throw new CaptionerFailure('bad-key', message)
}

function routeOf({
  provider,
  endpointUrl,
}: Pick<SettingsOfKind<'huggingface'>, 'provider' | 'endpointUrl'>): HuggingFaceRoute {
  if (endpointUrl && provider === 'auto') return { endpointUrl }
  const known = [...INFERENCE_PROVIDERS, 'auto' as const].find((one) => one === provider)
  if (known && !endpointUrl) return { provider: known }
  const why = endpointUrl
    ? `endpointUrl and the provider ${provider} exclude each other. Leave out one of them.`
    : `Hugging Face has no provider ${provider}. It has ${INFERENCE_PROVIDERS.join(', ')}.`
  throw new CaptionerFailure('bad-request', why)
}
