import type { SamplingRules } from '../../captioner/sampling-rules.ts'
import { claudeSampling } from '../claude-rules.ts'

const isClaude = (model: string) => /anthropic|claude/.test(model)
const isNova = (model: string) => model.includes('amazon.nova')

/** By the model's id. An id that hides the model may be Claude's, which wants no topP beside temperature. */
export function bedrockSampling(model: string): SamplingRules {
  if (isClaude(model)) return claudeSampling(model)
  if (/openai\.(?!gpt-oss)/.test(model)) return { takes: ['maxTokens'] }
  const common = { highestTemperature: 1, defaults: ['temperature', 'maxTokens'] } as const
  if (isNova(model)) return { ...common, takes: ['temperature', 'topP', 'topK', 'maxTokens'] }
  return { ...common, takes: ['temperature', 'topP', 'maxTokens'] }
}

/** Converse has no topK of its own: each maker has a field for it, which the SDK does not know. */
export function bedrockTopK(model: string, topK: number | undefined) {
  if (topK === undefined) return {}
  const additionalModelRequestFields = isNova(model)
    ? { inferenceConfig: { topK } }
    : { top_k: topK }
  return { providerOptions: { amazonBedrock: { additionalModelRequestFields } } }
}
