import type { CaptionerInfo, CaptionerSettings } from '@descry/contract'

/**
 * What the page knows about kinds of captioners before the server is asked, for forms and lists. What a
 * captioner can do, the server says of each: `takesInstructions`, `sees`, `styles`.
 */
export const kindLabels = {
  'openai-compatible': 'OpenAI-compatible server',
  google: 'Google Gemini',
  anthropic: 'Anthropic Claude',
  bedrock: 'Amazon Bedrock',
  sagemaker: 'Amazon SageMaker',
  rekognition: 'Amazon Rekognition',
  huggingface: 'Hugging Face',
  'local-vlm': 'Local vision-language model',
  model: 'Trained model',
  builtin: 'Built-in model',
  basic: 'Measures pixels only',
} as const satisfies Record<CaptionerInfo['kind'], string>

/** Where a captioner comes from that was not set up on the page. */
export function originOf({ kind }: CaptionerInfo): string {
  if (kind === 'builtin') {
    return 'Comes with Descry. Set DESCRY_BUILTIN_MODEL on the server to use another model, or none.'
  }
  if (kind === 'basic') return 'Comes with Descry. It is asked only if it is chosen.'
  return 'Set by environment variables of the server: OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_VISION_MODEL.'
}

/** The host that images are sent to with these settings; null: they stay on this machine. */
export function hostOf(settings: CaptionerSettings): string | null {
  switch (settings.kind) {
    case 'local-vlm':
    case 'model':
      return null
    case 'openai-compatible':
      return new URL(settings.baseUrl).host
    case 'huggingface':
      return hostOfUrl(settings.endpointUrl) ?? 'router.huggingface.co'
    case 'google':
      return hostOfUrl(settings.baseUrl) ?? 'generativelanguage.googleapis.com'
    case 'anthropic':
      return hostOfUrl(settings.baseUrl) ?? 'api.anthropic.com'
    case 'bedrock':
      return hostOfUrl(settings.baseUrl) ?? `bedrock-runtime.${settings.region}.amazonaws.com`
    case 'sagemaker':
      return hostOfUrl(settings.baseUrl) ?? `runtime.sagemaker.${settings.region}.amazonaws.com`
    case 'rekognition':
      return hostOfUrl(settings.baseUrl) ?? `rekognition.${settings.region}.amazonaws.com`
  }
}

const hostOfUrl = (url: string | undefined) => (url === undefined ? undefined : new URL(url).host)

/** Whether the provider answers nobody without a key. A proxy at another address may. */
export function needsKey(settings: CaptionerSettings): boolean {
  switch (settings.kind) {
    case 'google':
    case 'anthropic':
      return settings.baseUrl === undefined
    case 'huggingface':
      return settings.endpointUrl === undefined
    case 'openai-compatible':
      return isOpenAI(settings)
    default:
      return false
  }
}

/** OpenAI itself, rather than another server with the same API. */
export const isOpenAI = (settings: CaptionerSettings): boolean =>
  settings.kind === 'openai-compatible' && hostOf(settings) === 'api.openai.com'
