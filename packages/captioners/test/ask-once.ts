import type { Captioner, CaptionInput, CaptionOutput } from '../src/captioner/captioner.ts'
import { ask } from '../src/chain/ask.ts'

type Input = Omit<CaptionInput, 'prompt' | 'sampling'> & Partial<CaptionInput>
type Options = { signal?: AbortSignal; timeoutMs?: number }

/** What a captioner answers, or throws the failure. */
export async function askOnce(
  captioner: Captioner,
  { prompt = 'Describe it.', sampling = captioner.sampling ?? {}, ...input }: Input,
  { signal = new AbortController().signal, ...options }: Options = {},
): Promise<CaptionOutput & { ms: number }> {
  const answer = await ask(captioner, { ...input, prompt, sampling }, { signal, ...options })
  if ('failure' in answer) throw answer.failure
  return { ...answer.output, ms: answer.ms }
}
