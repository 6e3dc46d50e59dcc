import type { CaptionerSettings } from '@descry/contract'
import type { Config } from '../config.ts'
import { builtinCaptioner } from './builtin.ts'
import type { Captioner } from './captioner.ts'
import type { ProviderOptions } from './hosted-captioner.ts'

export type BuildOptions = ProviderOptions & Pick<Config, 'images' | 'hub'>

/**
 * The captioner of a setting. Refuses with `CaptionerFailure` what it could not honour. The libraries of
 * a provider are loaded with its first captioner: all of them take 60 MB.
 */
export async function buildCaptioner(
  settings: CaptionerSettings,
  options: BuildOptions,
): Promise<Captioner> {
  switch (settings.kind) {
    case 'openai-compatible':
      return (await import('./openai-compatible.ts')).openaiCompatibleCaptioner(settings, options)
    case 'google':
      return (await import('./google.ts')).googleCaptioner(settings, options)
    case 'anthropic':
      return (await import('./anthropic.ts')).anthropicCaptioner(settings, options)
    case 'bedrock':
      return (await import('./bedrock.ts')).bedrockCaptioner(settings, options)
    case 'sagemaker':
      return (await import('./sagemaker.ts')).sagemakerCaptioner(settings, options)
    case 'rekognition':
      return (await import('./rekognition.ts')).rekognitionCaptioner(settings, options)
    case 'huggingface':
      return (await import('./huggingface.ts')).huggingfaceCaptioner(settings, options)
    case 'local-vlm':
      return (await import('./local-vlm.ts')).localVlmCaptioner(settings, { hub: options.hub })
    case 'model':
      return builtinCaptioner({ ...settings, maxPixels: options.images.maxPixels })
  }
}
