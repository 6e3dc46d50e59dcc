import { z } from 'zod'
import { VlmError } from './vlm-error.ts'
import type { VlmFamily } from './vlm-families.ts'

/** From the `config.json` of a repository. */
export function readFamily(config: string, repository: string): VlmFamily {
  const parsed = Config.safeParse(parseJson(config))
  const { model_type: type = 'none', decoder } = parsed.data ?? {}
  if (type === 'florence2') return 'florence-2'
  if (type === 'smolvlm' || type === 'idefics3') return 'smolvlm'
  // The same type with other decoders reads documents: Donut, TrOCR.
  if (type === 'vision-encoder-decoder' && decoder?.model_type === 'gpt2') return 'vit-gpt2'
  const kind = decoder?.model_type ? `${type} with ${decoder.model_type}` : type
  throw new VlmError(
    'unsupported-model',
    `${repository} is a model of the type ${kind}, which Descry cannot caption with. It knows ViT-GPT2 ` +
      '(vision-encoder-decoder with gpt2), Florence-2 (florence2) and SmolVLM (idefics3, smolvlm).',
  )
}

/** The part of it that we read. */
const Config = z.object({
  model_type: z.string(),
  decoder: z.object({ model_type: z.string() }).nullish(),
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
