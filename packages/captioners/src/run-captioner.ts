import { AppError } from '@descry/contract'
import type { Captioner, CaptionInput, CaptionOutput } from './captioner/captioner.ts'
import { CaptionerFailure } from './captioner/captioner-failure.ts'
import { toAppError } from './captioner/to-app-error.ts'
import { toStorable } from './captioner/to-storable.ts'
import { prompts } from './prompts/prompts.ts'

/** What is not said is as the captioner and the style have it. */
export type CaptionWish = Omit<CaptionInput, 'prompt' | 'sampling'> &
  Partial<Pick<CaptionInput, 'prompt' | 'sampling'>>

export type TimedOutput = CaptionOutput & { ms: number }

/**
 * One call of a captioner, with a deadline and a watch on it. What comes back has text; anything
 * else is a typed failure.
 */
export async function runCaptioner(
  captioner: Captioner,
  { prompt, sampling, ...input }: CaptionWish,
  { signal, timeoutMs = 120_000 }: { signal: AbortSignal; timeoutMs?: number },
): Promise<TimedOutput> {
  const deadline = AbortSignal.timeout(timeoutMs)
  const started = performance.now()
  try {
    const output = await captioner.caption(
      {
        ...input,
        prompt: prompt ?? prompts[input.style],
        sampling: { ...captioner.sampling, ...sampling },
      },
      AbortSignal.any([signal, deadline]),
    )
    const text = toStorable(output.text).trim()
    if (!text) throw new AppError('captioner-failed', `${captioner.name} answered without text.`)
    return { ...output, text, ms: round(performance.now() - started) }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (!deadline.aborted) throw error instanceof CaptionerFailure ? toAppError(error) : error
    const message = `${captioner.name} did not answer within ${timeoutMs / 1000} seconds.`
    throw new AppError('captioner-timeout', message, { cause: error })
  }
}

const round = (milliseconds: number) => Math.round(milliseconds * 10) / 10
