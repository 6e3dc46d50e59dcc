import { AppError } from '@descry/contract'
import type { Captioner } from './captioner/captioner.ts'
import { judgeWords } from './chain/judge.ts'
import { judgeCaption } from './chain/judge-caption.ts'
import { fillPrompt } from './prompts/fill-prompt.ts'
import { type CaptionWish, runCaptioner, type TimedOutput } from './run-captioner.ts'

type Wish = Omit<CaptionWish, 'prompt'> & {
  trigger?: string | undefined
  language?: string | undefined
}

/** One captioner, asked once, and its answer judged: for the terminal, which has no chain. */
export async function captionAlone(
  captioner: Captioner,
  { trigger, language, ...wish }: Wish,
  { signal }: { signal: AbortSignal },
): Promise<TimedOutput> {
  const prompt = fillPrompt(undefined, { style: wish.style, trigger, language })
  const output = await runCaptioner(captioner, { ...wish, prompt }, { signal })
  if (captioner.kind === 'basic') return output
  const asked = { ...wish, prompt, sampling: {} }
  const verdict = await judgeWords(judgeCaption({ trigger, language }))(output, asked)
  if (verdict.kind === 'pass') return { ...output, text: verdict.text }
  throw new AppError(
    'captioner-failed',
    `The answer of ${captioner.name} is no caption: ${verdict.reason}`,
  )
}
