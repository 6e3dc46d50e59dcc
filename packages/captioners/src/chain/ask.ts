import type { Outcome } from '@descry/contract'
import { ImageError } from '@descry/ml'
import type { Captioner, CaptionInput, CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { type PreparedImage, prepareImage } from './prepare-image.ts'
import { roundMs, untilAborted } from './wait.ts'

/** `excused`: nothing is held against the captioner. */
export type Answer = { ms: number } & (
  | { output: CaptionOutput }
  | { failure: CaptionerFailure; excused: boolean }
)

type Options = {
  signal: AbortSignal
  timeoutMs?: number
  /** Where several captioners are asked about one picture: the forms of it that there are already. */
  prepared?: PreparedImage
}

/**
 * The one way to ask a captioner once: with the picture in a form that it takes, and with a deadline,
 * also where it does not look at its signal. Rejects only with the reason of `signal`; everything else
 * is an answer.
 */
export async function ask(
  captioner: Captioner,
  input: CaptionInput,
  { signal, timeoutMs = captioner.timeoutMs ?? 60_000, prepared = prepareImage(input) }: Options,
): Promise<Answer> {
  signal.throwIfAborted()
  const started = performance.now()
  const passed = () => roundMs(performance.now() - started)
  const deadline = AbortSignal.timeout(Math.max(0, Math.ceil(timeoutMs)))
  const stop = AbortSignal.any([signal, deadline])
  try {
    const image = await untilAborted(prepared(captioner), stop)
    const output = await untilAborted(captioner.caption({ ...input, ...image }, stop), stop)
    return { output, ms: passed() }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    const failure = deadline.aborted
      ? tooLate(captioner, timeoutMs, error)
      : classifyError(captioner, error)
    return { failure, excused: isOwnFault(input, failure), ms: passed() }
  }
}

const tooLate = ({ name }: Captioner, timeoutMs: number, cause: unknown) =>
  new CaptionerFailure(
    'timed-out',
    `${name} did not answer within ${roundMs(timeoutMs / 1000)} seconds.`,
    { cause },
  )

/** All that captioners throw, as one class of failure. */
function classifyError({ name }: Captioner, cause: unknown): CaptionerFailure {
  if (cause instanceof CaptionerFailure) return cause
  if (cause instanceof ImageError) {
    return new CaptionerFailure(outcomeOfImage[cause.code] ?? 'unsupported-image', cause.message, {
      cause,
    })
  }
  return new CaptionerFailure('bad-answer', `${name} failed; the log has the details.`, { cause })
}

const outcomeOfImage: Partial<Record<ImageError['code'], Outcome>> = {
  'image-too-large': 'too-large',
}

/**
 * A key that the request brought says nothing about those who use the configured one, nor does a setting
 * that was refused before anything was sent.
 */
const isOwnFault = ({ apiKey }: CaptionInput, { outcome, status }: CaptionerFailure) =>
  (apiKey !== undefined && (outcome === 'bad-key' || outcome === 'rate-limited')) ||
  (outcome === 'bad-request' && status === undefined)
