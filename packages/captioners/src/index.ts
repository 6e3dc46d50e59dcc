export { type BuildOptions, buildCaptioner } from './build-captioner.ts'
export { type BuiltCaptioners, buildCaptioners, noRules } from './build-captioners.ts'
export { captionAlone } from './caption-alone.ts'
export type {
  Captioner,
  Captioners,
  CaptionInput,
  CaptionOutput,
} from './captioner/captioner.ts'
export { CaptionerFailure } from './captioner/captioner-failure.ts'
export { codeOfOutcome, toAppError } from './captioner/to-app-error.ts'
export {
  ConfigError,
  captionerEnvironment,
  httpUrl,
  toCaptionerConfig,
} from './captioner-config.ts'
export {
  type CaptionerRegistry,
  captionerRegistry,
  type StoredCaptioner,
} from './captioner-registry.ts'
export { ChainFailure } from './chain/chain-failure.ts'
export type { ChainOptions, ChainResult, ChainWish } from './chain/chain-request.ts'
export { type CaptionChain, createChain } from './chain/create-chain.ts'
export { estimateCost, estimateTime } from './chain/estimate.ts'
export { judgeWords } from './chain/judge.ts'
export { judgeCaption } from './chain/judge-caption.ts'
export { memoryUsage } from './chain/memory-usage.ts'
export { prepareImage } from './chain/prepare-image.ts'
export type { Timing } from './chain/timing.ts'
export type { UsageStore } from './chain/usage-store.ts'
export { checkBuiltin } from './check-builtin.ts'
export { basicCaptioner } from './local/basic.ts'
export { builtinCaptioner } from './local/builtin.ts'
export { fillPrompt } from './prompts/fill-prompt.ts'
export { runCaptioner } from './run-captioner.ts'
export { missingStyles, selectCaptioner } from './select-captioner.ts'
export { testPicture } from './test-picture.ts'
