import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { type SettingsOfKind, urlOfCaptioner } from '@descry/contract'
import type { Captioner, CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { nameOf } from '../captioner/target.ts'
import { badAnswer, ODD_FORM } from '../http/bad-answer.ts'
import { captionFromReply } from '../http/caption-from-reply.ts'
import { findGeneratedText } from '../http/find-generated-text.ts'
import { generateCaption } from '../http/generate-caption.ts'
import {
  type HostedModel,
  hostedCaptioner,
  type ProviderOptions,
  type Question,
} from '../http/hosted-captioner.ts'

type Settings = SettingsOfKind<'huggingface'>

/**
 * Captions through Hugging Face: its router, which speaks OpenAI's dialect, or a dedicated endpoint.
 * Source: https://huggingface.co/docs/inference-providers
 */
export function huggingfaceCaptioner(settings: Settings, options: ProviderOptions = {}): Captioner {
  const { endpointUrl } = settings
  requireOneRoute(settings)
  const models = settings.models.map((model): HostedModel => {
    const isCaptioning = CAPTIONING_MODEL.test(model)
    const ask = isCaptioning ? askImageToText : askChat
    return {
      model,
      takesInstructions: !isCaptioning,
      sampling: { takes: isCaptioning ? [] : ['temperature', 'topP', 'maxTokens'] },
      limits: { formats: ['image/jpeg', 'image/png'], maxSide: isCaptioning ? 1024 : 2048 },
      ask: async (question) => {
        if (!endpointUrl) requireToken(question)
        return ask(question, settings)
      },
    }
  })
  return hostedCaptioner(settings, { ...options, models })
}

/** Models that only caption: they take no prompt, and have no chat. The others are asked as a chat. */
const CAPTIONING_MODEL = /blip|vit-gpt2|captioning|(^|\/)git-(base|large)/i

function askChat(question: Question, settings: Settings): Promise<CaptionOutput> {
  const { apiKey, fetch, target } = question
  const { provider } = settings
  const open = createOpenAICompatible({
    name: 'huggingface',
    baseURL: `${urlOfCaptioner(settings)?.replace(/(\/v1)?\/*$/, '')}/v1`,
    fetch,
    transformRequestBody: (body) => ({ ...body, stream: false }),
    ...(apiKey && { apiKey }),
  })
  // The router chooses a provider by itself, or takes the one that is named behind the model.
  const model = provider === 'auto' ? target.model : `${target.model}:${provider}`
  return generateCaption(question, { model: open(model) })
}

/** Hugging Face's own servers have this task; other providers do not. */
async function askImageToText(
  { image, apiKey, target, fetch }: Question,
  settings: Settings,
): Promise<CaptionOutput> {
  const ownServers = `${urlOfCaptioner(settings)}/hf-inference/models/${target.model}`
  const response = await fetch(settings.endpointUrl ?? ownServers, {
    method: 'POST',
    headers: {
      'content-type': image.mediaType,
      ...(apiKey && { authorization: `Bearer ${apiKey}` }),
    },
    body: Uint8Array.from(image.file),
  })
  const answer: unknown = await response.json()
  const reply = findGeneratedText(answer)
  if (!reply) throw badAnswer(target, ODD_FORM, { reply: JSON.stringify(answer) })
  return captionFromReply(target, { ...reply, usage: {} })
}

/** A key of another provider is none of Hugging Face's business. */
function requireToken({ apiKey, target }: Question): void {
  if (apiKey?.startsWith('hf_')) return
  const message = `${nameOf(target)} takes the tokens of Hugging Face only, which start with hf_. Set one.`
  throw new CaptionerFailure('bad-key', message)
}

function requireOneRoute({ provider, endpointUrl }: Settings): void {
  if (!endpointUrl || provider === 'auto') return
  throw new CaptionerFailure(
    'bad-request',
    `endpointUrl and the provider ${provider} exclude each other. Leave out one of them.`,
  )
}
