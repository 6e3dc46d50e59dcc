export { type BuildOptions, buildCaptioner } from './build-captioner.ts'
export { buildCaptioners, noRules } from './build-captioners.ts'
export type { Captioner, Captioners, CaptionInput, CaptionOutput } from './captioner/captioner.ts'
export { CaptionerFailure } from './captioner/captioner-failure.ts'
export { toAppError } from './captioner/to-app-error.ts'
export { prefixedTrigger } from './captioner/trigger-prefix.ts'
export {
  type CaptionerConfig,
  ConfigError,
  captionerEnvironment,
  httpUrl,
  parseEnvironment,
  readCaptionerConfig,
  toCaptionerConfig,
} from './captioner-config.ts'
export {
  type CaptionerRegistry,
  captionerRegistry,
  type StoredCaptioner,
} from './captioner-registry.ts'
export { ask } from './chain/ask.ts'
export type { ChainInput, ChainOptions, ChainResult } from './chain/chain-request.ts'
export type { Timing } from './chain/chain-state.ts'
export { checkAnswer } from './chain/check-answer.ts'
export { type CaptionChain, createChain } from './chain/create-chain.ts'
export { estimateCost, estimateTime } from './chain/estimate.ts'
export { memoryUsage } from './chain/memory-usage.ts'
export type { UsageStore } from './chain/usage-store.ts'
export { untilAborted } from './chain/wait.ts'
export { checkBuiltin } from './check-builtin.ts'
export { basicCaptioner } from './local/basic.ts'
export { builtinCaptioner } from './local/builtin.ts'
export { chainOptions } from './plan/chain-options.ts'
export { isAllowed } from './plan/is-allowed.ts'
export { planCaptioners } from './plan/plan-captioners.ts'
export { fillPrompt } from './prompts/fill-prompt.ts'
export { testPicture } from './test-picture.ts'
