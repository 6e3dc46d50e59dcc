import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AutoModelForImageTextToText, AutoProcessor } from '@huggingface/transformers'
import { generateTokens } from './generate-tokens.ts'
import type { VlmCore, VlmSource } from './vlm-core.ts'
import { VlmError } from './vlm-error.ts'

/** SmolVLM follows a prompt about the picture, as one turn of a chat. */
export async function loadSmolvlm({ folder, options }: VlmSource): Promise<VlmCore> {
  const [model, processor, template] = await Promise.all([
    AutoModelForImageTextToText.from_pretrained(folder, options),
    AutoProcessor.from_pretrained(folder, options),
    findChatTemplate(folder),
  ])
  const tokenizer = processor.tokenizer!
  const { text_config } = model.config as { text_config?: { max_position_embeddings?: number } }
  seeOnce(processor.image_processor)

  return async (image, { prompt = '', ...request }, signal) => {
    if (prompt.includes(IMAGE))
      throw new VlmError('unsupported-option', `A prompt may not have ${IMAGE} in it.`)
    const content = [{ type: 'image' }, { type: 'text', text: prompt }]
    const text = processor.apply_chat_template([{ role: 'user', content }], {
      add_generation_prompt: true,
      ...(template !== undefined && { chat_template: template }),
    })
    const inputs = await processor(text, [image], { do_image_splitting: false })
    const start = inputs.input_ids.dims[1]
    const { tokens, finish } = await generateTokens(
      { model, tokenizer, inputs, start, places: text_config?.max_position_embeddings, settings },
      request,
      signal,
    )
    const answer = tokenizer.decode(tokens.map(Number), { skip_special_tokens: true })
    const usage = { inputTokens: start, outputTokens: tokens.length }
    return { text: answer.trim(), finish, usage }
  }
}

/** Where the picture goes; the library counts them. */
const IMAGE = '<image>'

/** Without it the small ones repeat themselves. As in transformers.js-examples/smolvlm-webgpu. */
const settings = { repetition_penalty: 1.1 }

/**
 * The whole picture at once. The model's own setting enlarges every picture to 2048 pixels and looks at
 * up to 16 pieces of it besides, for fine print: 13 to 17 times the work, and no help for a caption.
 */
function seeOnce(processor: unknown): void {
  const { max_image_size } = processor as { max_image_size?: { longest_edge: number } }
  if (max_image_size) Object.assign(processor as object, { size: max_image_size })
}

/** Of a repository that keeps it in a file of its own, where transformers.js does not look for it. */
async function findChatTemplate(folder: string): Promise<string | undefined> {
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => undefined)
  const jinja = await read('chat_template.jinja')
  if (jinja !== undefined) return jinja
  const json = await read('chat_template.json')
  return json === undefined ? undefined : JSON.parse(json).chat_template
}
