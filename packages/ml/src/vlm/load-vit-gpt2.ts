import { AutoModelForVision2Seq, AutoProcessor, AutoTokenizer } from '@huggingface/transformers'
import { generateTokens } from './generate-tokens.ts'
import type { VlmCore, VlmSource } from './vlm-core.ts'

/** A Vision Transformer that sees, and a GPT-2 that writes one sentence: no prompt, no tasks. */
export async function loadVitGpt2({ folder, options }: VlmSource): Promise<VlmCore> {
  const [model, processor, tokenizer] = await Promise.all([
    AutoModelForVision2Seq.from_pretrained(folder, options),
    AutoProcessor.from_pretrained(folder, options),
    AutoTokenizer.from_pretrained(folder, options),
  ])
  const { decoder } = model.config as { decoder?: { n_positions?: number } }

  return async (image, request, signal) => {
    const { pixel_values } = await processor(image)
    const { tokens, finish } = await generateTokens(
      {
        model,
        tokenizer,
        inputs: { pixel_values },
        start: 1,
        places: decoder?.n_positions,
      },
      request,
      signal,
    )
    const text = tokenizer.decode(tokens.map(Number), { skip_special_tokens: true }).trim()
    return { text, finish, usage: { inputTokens: 0, outputTokens: tokens.length } }
  }
}
