import {
  AutoModelForImageTextToText,
  AutoProcessor,
  type Florence2Processor,
} from '@huggingface/transformers'
import { generateTokens } from './generate-tokens.ts'
import type { VlmCore, VlmSource } from './vlm-core.ts'
import { VlmError } from './vlm-error.ts'
import { florenceTasks } from './vlm-families.ts'

/** Florence-2 does what its task says, in its own words for it. Source: arxiv.org/abs/2311.06242. */
export async function loadFlorence2({ folder, options }: VlmSource): Promise<VlmCore> {
  const [model, loaded] = await Promise.all([
    AutoModelForImageTextToText.from_pretrained(folder, options),
    AutoProcessor.from_pretrained(folder, options),
  ])
  const processor = loaded as Florence2Processor
  const tokenizer = processor.tokenizer!
  const { text_config } = model.config as { text_config?: { max_position_embeddings?: number } }

  return async (image, { task = florenceTasks[0], ...request }, signal) => {
    if (!processor.task_prompts_without_inputs.has(task)) {
      throw new VlmError('unsupported-option', `This Florence-2 has no task ${task}.`)
    }
    const inputs = await processor(image, task)
    const { tokens, finish } = await generateTokens(
      { model, tokenizer, inputs, start: 1, places: text_config?.max_position_embeddings },
      request,
      signal,
    )
    const said = tokenizer.decode(tokens.map(Number), { skip_special_tokens: false })
    const { [task]: text } = processor.post_process_generation(said, task, [
      image.height,
      image.width,
    ])
    if (typeof text !== 'string') throw new Error(`${task} did not give a text.`)
    const usage = { inputTokens: inputs.input_ids.dims[1], outputTokens: tokens.length }
    return { text: text.trim(), finish, usage }
  }
}
