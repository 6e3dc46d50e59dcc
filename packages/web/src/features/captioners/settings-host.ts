import type { CaptionerSettings } from '@descry/contract'

/** The host that pictures are sent to with these settings; null: they stay on the machine. */
export function settingsHost(settings: CaptionerSettings): string | null {
  switch (settings.kind) {
    case 'local-vlm':
    case 'model':
      return null
    case 'huggingface':
      return hostOf(settings.endpointUrl) ?? 'router.huggingface.co'
    case 'google':
      return hostOf(settings.baseUrl) ?? 'generativelanguage.googleapis.com'
    case 'anthropic':
      return hostOf(settings.baseUrl) ?? 'api.anthropic.com'
    case 'bedrock':
      return hostOf(settings.baseUrl) ?? `bedrock-runtime.${settings.region}.amazonaws.com`
    case 'sagemaker':
      return hostOf(settings.baseUrl) ?? `runtime.sagemaker.${settings.region}.amazonaws.com`
    case 'rekognition':
      return hostOf(settings.baseUrl) ?? `rekognition.${settings.region}.amazonaws.com`
    case 'openai-compatible':
      return new URL(settings.baseUrl).host
  }
}

const hostOf = (url: string | undefined) => (url === undefined ? undefined : new URL(url).host)
