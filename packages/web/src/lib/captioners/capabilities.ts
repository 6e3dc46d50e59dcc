import type { CaptionerInfo } from '@descry/contract'

type Kind = CaptionerInfo['kind']

/** Whether it can be given a prompt and a language. The others write as they were trained. */
export const takesInstructions = ({ kind }: Pick<CaptionerInfo, 'kind'>): boolean =>
  instructed.includes(kind)

/** Whether it looks at what an image shows, rather than measuring its pixels only. */
export const sees = ({ kind }: Pick<CaptionerInfo, 'kind'>): boolean => kind !== 'basic'

const instructed: readonly Kind[] = [
  'openai-compatible',
  'google',
  'anthropic',
  'bedrock',
  'huggingface',
  'local-vlm',
]
