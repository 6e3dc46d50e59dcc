import type { PretrainedModelOptions, RawImage } from '@huggingface/transformers'
import type { VlmCaption, VlmRequest } from './vlm-messages.ts'

/** Captions a picture: what is different for each family of models. */
export type VlmCore = (
  image: RawImage,
  request: VlmRequest,
  signal: AbortSignal,
) => Promise<VlmCaption>

/** Where a model lies, and how its graphs are compiled. */
export type VlmSource = { folder: string; options: PretrainedModelOptions }
