import {
  InterruptableStoppingCriteria,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type Tensor,
} from '@huggingface/transformers'
import { VlmError } from './vlm-error.ts'
import type { VlmCaption, VlmRequest } from './vlm-messages.ts'

type Generating = {
  model: PreTrainedModel
  tokenizer: PreTrainedTokenizer
  /** What the model's `generate` takes: the tensors of the picture and the prompt. */
  inputs: Record<string, unknown>
  /** The answer begins behind so many tokens. */
  start: number
  /** The longest text that the model has places for, with what it begins with; undefined: not told. */
  places: number | undefined
  /** Of the family: on top of the model's own `generation_config.json`. */
  settings?: Record<string, unknown>
}

export type GeneratedTokens = {
  tokens: bigint[]
  finish: VlmCaption['finish']
}

/** Lets a model write, word by word. Rejects with the signal's reason when it is aborted. */
export async function generateTokens(
  { model, tokenizer, inputs, start, places = Infinity, settings }: Generating,
  { sampling = {}, maxTokens }: VlmRequest,
  signal: AbortSignal,
): Promise<GeneratedTokens> {
  if (start + maxTokens > places) throw tooLong(start, places)
  signal.throwIfAborted()
  const stop = new InterruptableStoppingCriteria()
  const interrupt = () => stop.interrupt()
  signal.addEventListener('abort', interrupt)
  try {
    const sequences = (await model.generate({
      ...settings,
      ...inputs,
      ...toSettings(sampling),
      max_new_tokens: maxTokens,
      // Of the models' own settings, those that would not be true here: there are no beams, and an end
      // that is forced at the limit would look like one that the model came to.
      num_beams: 1,
      forced_eos_token_id: null as unknown as number,
      stopping_criteria: stop,
    })) as Tensor
    signal.throwIfAborted()
    const tokens = [...(sequences.data as BigInt64Array)].slice(start)
    const last = Number(tokens.at(-1))
    const ended = tokens.length < maxTokens || tokenizer.all_special_ids.includes(last)
    return { tokens, finish: ended ? 'stop' : 'length' }
  } finally {
    signal.removeEventListener('abort', interrupt)
  }
}

/** `top_k` is given always: where it is not, the library draws from the 50 most probable words. */
function toSettings({ temperature, topK }: NonNullable<VlmRequest['sampling']>) {
  const samples = temperature !== 0 && (temperature !== undefined || topK !== undefined)
  return samples
    ? { do_sample: true, temperature: temperature ?? 1, top_k: topK ?? 0 }
    : { do_sample: false }
}

const tooLong = (start: number, places: number): VlmError =>
  new VlmError(
    'unsupported-option',
    `The model has places for ${places} tokens, ${start} of which are taken by what it is asked. ` +
      `Ask for at most ${Math.max(0, places - start)} as maxTokens.`,
  )
