import { getModelCapabilities } from '@ai-sdk/anthropic/internal'
import type { SamplingRules } from '../captioner/sampling-rules.ts'

/** Newer models take no sampling at all; the others either temperature or topP, and up to 1. */
export function claudeSampling(model: string): SamplingRules {
  if (getModelCapabilities(model).rejectsSamplingParameters) return { takes: ['maxTokens'] }
  return {
    takes: ['temperature', 'topP', 'topK', 'maxTokens'],
    defaults: ['temperature', 'topK', 'maxTokens'],
    highestTemperature: 1,
    eitherTemperatureOrTopP: true,
  }
}

/** A caption needs little thought, and thoughts count as answer. Some models cannot be told not to. */
export function claudeThinking(model: string) {
  const { supportsAdaptiveThinking, rejectsThinkingDisabled } = getModelCapabilities(model)
  if (!supportsAdaptiveThinking) return {} // it thinks only when asked
  return { reasoning: 'none' as const, thinkingTokens: rejectsThinkingDisabled ? 1024 : 0 }
}
