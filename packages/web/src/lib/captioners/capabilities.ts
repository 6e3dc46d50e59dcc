import type { CaptionerInfo } from '@descry/contract'

/** Can it be told what to write, and in which language? The others write what they learned. */
export const takesInstructions = ({ kind }: Pick<CaptionerInfo, 'kind'>): boolean =>
  instructed.includes(kind)

const instructed: readonly CaptionerInfo['kind'][] = [
  'openai-compatible',
  'google',
  'anthropic',
  'bedrock',
  'huggingface',
  'local-vlm',
]
