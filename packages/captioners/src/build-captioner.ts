import type { CaptionerSettings } from '@descry/contract'
import type { Captioner } from './captioner/captioner.ts'
import type { CaptionerConfig } from './captioner-config.ts'
import type { ProviderOptions } from './http/hosted-captioner.ts'
import { builtinCaptioner } from './local/builtin.ts'

export type BuildOptions = ProviderOptions & Pick<CaptionerConfig, 'images' | 'hub'>

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
      return (
        await import('./providers/openai-compatible/openai-compatible.ts')
      ).openaiCompatibleCaptioner(settings, options)
    case 'google':
      return (await import('./providers/google.ts')).googleCaptioner(settings, options)
    case 'anthropic':
      return (await import('./providers/anthropic.ts')).anthropicCaptioner(settings, options)
    case 'bedrock':
      return (await import('./providers/aws/bedrock.ts')).bedrockCaptioner(settings, options)
    case 'sagemaker':
      return (await import('./providers/aws/sagemaker.ts')).sagemakerCaptioner(settings, options)
    case 'rekognition':
      return (await import('./providers/aws/rekognition.ts')).rekognitionCaptioner(
        settings,
        options,
      )
    case 'huggingface':
      return (await import('./providers/huggingface.ts')).huggingfaceCaptioner(settings, options)
    case 'local-vlm':
      return (await import('./local/local-vlm.ts')).localVlmCaptioner(settings, {
        hub: options.hub,
      })
    case 'model':
      return builtinCaptioner({ ...settings, maxPixels: options.images.maxPixels })
  }
}
