import type { CaptionerKind, CaptionerSettings, SettingsOfKind } from '@descry/contract'
import type { Captioner } from './captioner/captioner.ts'
import type { CaptionerConfig } from './captioner-config.ts'
import type { ProviderOptions } from './http/hosted-captioner.ts'

export type BuildOptions = ProviderOptions & Pick<CaptionerConfig, 'images' | 'hub'>

type Build<Kind extends CaptionerKind> = (
  settings: SettingsOfKind<Kind>,
  options: BuildOptions,
) => Captioner | Promise<Captioner>

/**
 * How each kind is built, one line each. The libraries of a provider are loaded with its first captioner:
 * all of them take 60 MB.
 */
const builders: { [Kind in CaptionerKind]: () => Promise<Build<Kind>> } = {
  'openai-compatible': async () =>
    (await import('./providers/openai-compatible/openai-compatible.ts')).openaiCompatibleCaptioner,
  google: async () => (await import('./providers/google.ts')).googleCaptioner,
  anthropic: async () => (await import('./providers/anthropic.ts')).anthropicCaptioner,
  bedrock: async () => (await import('./providers/aws/bedrock.ts')).bedrockCaptioner,
  sagemaker: async () => (await import('./providers/aws/sagemaker.ts')).sagemakerCaptioner,
  rekognition: async () => (await import('./providers/aws/rekognition.ts')).rekognitionCaptioner,
  huggingface: async () => (await import('./providers/huggingface.ts')).huggingfaceCaptioner,
  'local-vlm': async () => (await import('./local/local-vlm.ts')).localVlmCaptioner,
  model: async () => (await import('./local/builtin.ts')).modelCaptioner,
}

/** The captioner of a setting. Refuses with `CaptionerFailure` what it could not honour. */
export async function buildCaptioner(
  settings: CaptionerSettings,
  options: BuildOptions,
): Promise<Captioner> {
  const build = (await builders[settings.kind]()) as (
    settings: CaptionerSettings,
    options: BuildOptions,
  ) => Captioner | Promise<Captioner>
  return build(settings, options)
}
