import type { VlmFamily } from './vlm-families.ts'

export type KnownVlm = {
  repository: string
  family: VlmFamily
  /** As its page says; what counts is what the repository says when it is pulled. */
  licence: string
  /** Roughly, of a pull in the family's own formats. */
  megabytes: number
  about: string
}

/** Models that are known to caption well for their size. Others of these families work by name too. */
export const knownVlms: readonly KnownVlm[] = [
  {
    repository: 'Xenova/vit-gpt2-image-captioning',
    family: 'vit-gpt2',
    licence: 'apache-2.0',
    megabytes: 250,
    about: 'one short sentence, fast',
  },
  {
    repository: 'onnx-community/Florence-2-base-ft',
    family: 'florence-2',
    licence: 'mit',
    megabytes: 620,
    about: 'a sentence or a factual paragraph',
  },
  {
    repository: 'onnx-community/Florence-2-large-ft',
    family: 'florence-2',
    licence: 'mit',
    megabytes: 1900,
    about: 'the same, better and about three times slower',
  },
  {
    repository: 'HuggingFaceTB/SmolVLM-256M-Instruct',
    family: 'smolvlm',
    licence: 'apache-2.0',
    megabytes: 270,
    about: 'follows instructions',
  },
  {
    repository: 'HuggingFaceTB/SmolVLM-500M-Instruct',
    family: 'smolvlm',
    licence: 'apache-2.0',
    megabytes: 490,
    about: 'follows instructions, better',
  },
  {
    repository: 'HuggingFaceTB/SmolVLM2-500M-Video-Instruct',
    family: 'smolvlm',
    licence: 'apache-2.0',
    megabytes: 490,
    about: 'follows instructions; the newer one',
  },
]
