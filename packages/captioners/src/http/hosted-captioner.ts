import {
  type CaptionerSettings,
  type Limits,
  needsCaptionerKey,
  Style,
  urlOfCaptioner,
} from '@descry/contract'
import type { Captioner, CaptionInput, CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { ownSampling, type SamplingRules, samplingFor } from '../captioner/sampling-rules.ts'
import type { Target } from '../captioner/target.ts'
import { fetchJson } from './fetch-json.ts'
import { hostOf } from './host-of.ts'
import { maskKeys } from './mask-keys.ts'
import { providerKey, withoutKeys } from './provider-key.ts'

/** What captioners over the network are built with, beside their settings. */
export type ProviderOptions = {
  /** The one that is stored with the settings. */
  apiKey?: string | undefined
  fetch?: typeof globalThis.fetch
}

/** A service over the network. Its models are asked in their order. */
export type Provider = ProviderOptions & {
  models: readonly HostedModel[]
  dispose?: () => Promise<void>
}

export type HostedModel = {
  model: string
  /** False: it says what it sees in a sentence, whatever it is told. */
  takesInstructions: boolean
  sampling: SamplingRules
  /** What the provider says it takes; the settings win. */
  limits: Limits
  /** Fails with `CaptionerFailure`, or with anything else once the signal is aborted. */
  ask(question: Question): Promise<CaptionOutput>
}

/** One caption, asked for once. */
export type Question = Pick<CaptionInput, 'prompt' | 'sampling'> & {
  image: Pick<CaptionInput, 'file' | 'mediaType'>
  apiKey: string | undefined
  target: Target
  /** For SDKs: ends with the signal, and fails with `CaptionerFailure` on all but good JSON. */
  fetch: typeof globalThis.fetch
  signal: AbortSignal
}

/**
 * The captioner of a provider's first model, with the others as its fall-backs. What all providers
 * share is here: the key, the sampling they honour, no key in a failure.
 */
export function hostedCaptioner(settings: CaptionerSettings, provider: Provider): Captioner {
  const host = hostOf(urlOfCaptioner(settings) ?? '')
  const needsKey = needsCaptionerKey(settings)
  const [first, ...fallbacks] = provider.models.map((model, i) => {
    const isFirst = i === 0
    const name = isFirst ? settings.name : `${settings.name}#${model.model}`
    const parent = isFirst ? null : settings.name
    return captionerOf({ ...settings, name }, { provider, model, parent, host, needsKey })
  })
  if (!first) throw new Error(`${settings.name} has no model.`)
  const { dispose } = provider
  return { ...first, fallbacks, ...(dispose && { dispose }) }
}

type Hosting = {
  provider: Provider
  model: HostedModel
  parent: string | null
  host: string
  needsKey: boolean
}

function captionerOf(
  { kind, name, price, timeoutSeconds, ...settings }: CaptionerSettings,
  { provider, model, parent, host, needsKey }: Hosting,
): Captioner {
  const { fetch = globalThis.fetch } = provider
  const target = { model: model.model, host }
  const limits = { ...model.limits, ...settings.limits }
  const own = ownSampling(model.sampling, settings.sampling, target)
  return {
    name,
    kind,
    description: `${model.model} at ${host}`,
    styles: model.takesInstructions ? Style.options : ['concise'],
    takesInstructions: model.takesInstructions,
    sees: true,
    parent,
    sendsPixelsTo: host,
    modelVersion: model.model,
    limits,
    price,
    timeoutMs: timeoutSeconds * 1000,
    ...(Object.keys(own).length > 0 && { sampling: own }),

    async caption({ prompt, sampling, file, mediaType, ...input }, signal) {
      const keys = [input.apiKey, provider.apiKey]
      try {
        const apiKey = providerKey(keys, { target, needsKey })
        const output = await model.ask({
          prompt,
          sampling: samplingFor(model.sampling, { own, requested: sampling }, target),
          image: { file, mediaType },
          apiKey,
          target,
          fetch: fetchJson({ fetch, target, signal }),
          signal,
        })
        return { ...output, text: maskKeys(keys)(output.text) }
      } catch (error) {
        signal.throwIfAborted()
        throw error instanceof CaptionerFailure ? withoutKeys(error, keys) : error
      }
    },
  }
}
