import type { CaptionerKind, CaptionerSettings, Sampling } from '@descry/contract'
import { isOpenAI } from './kinds.ts'

/** A choice of captioner to add: a kind, with what most people would enter in its form. */
export type Preset = {
  id: string
  kind: CaptionerKind
  title: string
  description: string
  /** It belongs to someone else, who is sent the images. */
  isService: boolean
  /** Absent: it needs none. */
  key?: { label: string; hint: string }
  /** Sampling settings that it does not support. */
  unsupportedSampling: readonly (keyof Sampling)[]
  settings: Readonly<Record<string, unknown>> & { name: string }
}

const awsKey = {
  label: 'Key',
  hint: 'accessKeyId:secretAccessKey, followed by :sessionToken for temporary credentials. Leave empty to use the credentials of this machine.',
}
const allSampling = ['temperature', 'topP', 'topK', 'maxTokens'] as const

/** In the order in which they are offered. Prices are list prices of the first model in November 2026. */
export const presets = [
  {
    id: 'openai-compatible',
    isService: false,
    kind: 'openai-compatible',
    title: 'OpenAI-compatible server',
    description: 'Your own server, such as Ollama, LM Studio, vLLM or llama.cpp.',
    key: { label: 'Key', hint: 'Needed only if the server requires one.' },
    unsupportedSampling: ['topK'],
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
    description: 'Downloaded once, then runs on this machine without a network.',
    unsupportedSampling: [],
    settings: { name: 'local', model: 'onnx-community/Florence-2-base-ft', timeoutSeconds: 120 },
  },
  {
    id: 'model',
    isService: false,
    kind: 'model',
    title: 'Trained model',
    description: 'A model folder from descry train.',
    unsupportedSampling: allSampling,
    settings: { name: 'my-model' },
  },
  {
    id: 'openai',
    isService: true,
    kind: 'openai-compatible',
    title: 'OpenAI',
    description: 'GPT models at api.openai.com.',
    key: { label: 'Key', hint: 'From platform.openai.com/api-keys.' },
    unsupportedSampling: ['topK'],
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
    description: 'Gemini Pro, and Flash when Pro fails.',
    key: { label: 'Key', hint: 'From aistudio.google.com/apikey.' },
    unsupportedSampling: [],
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
    description: 'Claude models at api.anthropic.com.',
    key: { label: 'Key', hint: 'From platform.claude.com/settings/keys.' },
    unsupportedSampling: [],
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
    description: 'Claude, Nova, Llama or Pixtral in your AWS account.',
    key: { ...awsKey, hint: `A Bedrock API key, or ${awsKey.hint}` },
    unsupportedSampling: [],
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
    description: 'Your own endpoint with an image-to-text model.',
    key: awsKey,
    unsupportedSampling: ['temperature', 'topP', 'topK'],
    settings: { name: 'sagemaker', region: 'us-east-1' },
  },
  {
    id: 'rekognition',
    isService: true,
    kind: 'rekognition',
    title: 'Amazon Rekognition',
    description: 'Labels what is in an image; it does not write sentences.',
    key: awsKey,
    unsupportedSampling: allSampling,
    settings: { name: 'rekognition', region: 'us-east-1', price: { perImage: 0.001 } },
  },
  {
    id: 'huggingface',
    isService: true,
    kind: 'huggingface',
    title: 'Hugging Face',
    description: 'Open models through its inference providers, or your own endpoint.',
    key: {
      label: 'Token',
      hint: 'From huggingface.co/settings/tokens; it starts with hf_.',
    },
    unsupportedSampling: ['topK'],
    settings: { name: 'huggingface', models: ['Qwen/Qwen2.5-VL-7B-Instruct'] },
  },
] as const satisfies readonly Preset[]

export const findPreset = (id: string): Preset | undefined =>
  presets.find((preset) => preset.id === id)

/** The preset that describes existing settings. */
export function presetOf(settings: CaptionerSettings): Preset {
  const id = isOpenAI(settings) ? 'openai' : settings.kind
  const preset = findPreset(id)
  if (!preset) throw new Error(`There is no preset for captioners of the kind ${id}.`)
  return preset
}

/** `name`, followed by a number if it is taken. */
export function freeName(name: string, takenNames: readonly string[]): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}-${number}`
    if (!takenNames.includes(free)) return free
  }
}
