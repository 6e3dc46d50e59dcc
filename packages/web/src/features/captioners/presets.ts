import type { CaptionerKind, CaptionerSettings, Sampling } from '@descry/contract'

/** What someone may set up: a kind of captioner, with what most people write into its form. */
export type Preset = {
  id: string
  kind: CaptionerKind
  title: string
  sentence: string
  /** Pictures are sent to somebody else. */
  isService: boolean
  /** Absent: it takes none. */
  key?: { label: string; hint: string; isNeeded: boolean }
  /** Sampling that it never honours. */
  without: readonly (keyof Sampling)[]
  settings: Readonly<Record<string, unknown>> & { name: string }
}

const awsKey = {
  label: 'Key',
  hint: 'accessKeyId:secretAccessKey, for passing ones with :sessionToken. Left empty, the credentials of this machine are used.',
  isNeeded: false,
}
const all = ['temperature', 'topP', 'topK', 'maxTokens'] as const

/** In the order they are offered. Prices are list prices of the first model in November 2026. */
export const presets = [
  {
    id: 'openai-compatible',
    isService: false,
    kind: 'openai-compatible',
    title: 'OpenAI-compatible server',
    sentence: 'A server of your own, such as Ollama, LM Studio, vLLM or llama.cpp.',
    key: { label: 'Key', hint: 'Only if the server asks for one.', isNeeded: false },
    without: ['topK'],
    settings: {
      name: 'ollama',
      baseUrl: 'http://localhost:11434/v1',
      models: ['qwen2.5vl:7b'],
      timeoutSeconds: 120,
    },
  },
  {
    id: 'local-vlm',
    isService: false,
    kind: 'local-vlm',
    title: 'Local vision-language model',
    sentence: 'Downloaded once, then runs on this machine without a network.',
    without: [],
    settings: { name: 'local', model: 'onnx-community/Florence-2-base-ft', timeoutSeconds: 120 },
  },
  {
    id: 'model',
    isService: false,
    kind: 'model',
    title: 'Trained model',
    sentence: 'The folder of a model that was trained here with descry train.',
    without: all,
    settings: { name: 'my-model' },
  },
  {
    id: 'openai',
    isService: true,
    kind: 'openai-compatible',
    title: 'OpenAI',
    sentence: 'GPT models at api.openai.com.',
    key: { label: 'Key', hint: 'From platform.openai.com/api-keys.', isNeeded: true },
    without: ['topK'],
    settings: {
      name: 'openai',
      baseUrl: 'https://api.openai.com/v1',
      models: ['gpt-4o-mini'],
      price: { inputPerMillion: 0.15, outputPerMillion: 0.6 },
    },
  },
  {
    id: 'google',
    isService: true,
    kind: 'google',
    title: 'Google Gemini',
    sentence: 'Gemini Pro, and Flash when Pro fails.',
    key: { label: 'Key', hint: 'From aistudio.google.com/apikey.', isNeeded: true },
    without: [],
    settings: {
      name: 'gemini',
      models: ['gemini-2.5-pro', 'gemini-2.5-flash'],
      price: { inputPerMillion: 1.25, outputPerMillion: 10 },
    },
  },
  {
    id: 'anthropic',
    isService: true,
    kind: 'anthropic',
    title: 'Anthropic Claude',
    sentence: 'Claude models at api.anthropic.com.',
    key: { label: 'Key', hint: 'From platform.claude.com/settings/keys.', isNeeded: true },
    without: [],
    settings: {
      name: 'claude',
      models: ['claude-sonnet-5-5', 'claude-haiku-4-5'],
      price: { inputPerMillion: 2, outputPerMillion: 10 },
    },
  },
  {
    id: 'bedrock',
    isService: true,
    kind: 'bedrock',
    title: 'Amazon Bedrock',
    sentence: 'Claude, Nova, Llama or Pixtral in your AWS account.',
    key: { ...awsKey, hint: `One of Bedrock’s own API keys, or ${awsKey.hint}` },
    without: [],
    settings: {
      name: 'bedrock',
      region: 'us-east-1',
      models: ['amazon.nova-pro-v1:0', 'amazon.nova-lite-v1:0'],
      price: { inputPerMillion: 0.8, outputPerMillion: 3.2 },
    },
  },
  {
    id: 'sagemaker',
    isService: true,
    kind: 'sagemaker',
    title: 'Amazon SageMaker',
    sentence: 'An endpoint of your own that serves an image-to-text model.',
    key: awsKey,
    without: ['temperature', 'topP', 'topK'],
    settings: { name: 'sagemaker', region: 'us-east-1' },
  },
  {
    id: 'rekognition',
    isService: true,
    kind: 'rekognition',
    title: 'Amazon Rekognition',
    sentence: 'Names the things in a picture; it does not write sentences.',
    key: awsKey,
    without: all,
    settings: { name: 'rekognition', region: 'us-east-1', price: { perImage: 0.001 } },
  },
  {
    id: 'huggingface',
    isService: true,
    kind: 'huggingface',
    title: 'Hugging Face',
    sentence: 'Open models through its inference providers, or your own endpoint.',
    key: {
      label: 'Token',
      hint: 'From huggingface.co/settings/tokens; it starts with hf_.',
      isNeeded: true,
    },
    without: ['topK'],
    settings: { name: 'huggingface', models: ['Qwen/Qwen2.5-VL-7B-Instruct'] },
  },
] as const satisfies readonly Preset[]

export const findPreset = (id: string): Preset | undefined =>
  presets.find((preset) => preset.id === id)

/** The preset whose words fit settings that exist. */
export function presetOf(settings: CaptionerSettings): Preset {
  const isOpenAI = settings.kind === 'openai-compatible' && hostOf(settings.baseUrl) === OPENAI
  const id = isOpenAI ? 'openai' : settings.kind
  const preset = findPreset(id)
  if (!preset) throw new Error(`There is no preset for captioners of the kind ${id}.`)
  return preset
}

const OPENAI = 'api.openai.com'
const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '')

/** `name`, or with a number after it if another has it already. */
export function freeName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}-${number}`
    if (!taken.includes(free)) return free
  }
}
