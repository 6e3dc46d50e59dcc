import type { Outcome } from '@descry/contract'
import { AppError } from '@descry/contract'
import { isTaskCancelledError, TimeoutStrategy, timeout } from 'cockatiel'
import type { Captioner, CaptionInput, CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'

/** `excused`: nothing is held against the captioner. */
export type Answer = { ms: number } & (
  | { output: CaptionOutput }
  | { failure: CaptionerFailure; excused: boolean }
)

/**
 * One request, with its deadline, also where the captioner does not look at its signal. Rejects only
 * with the reason of `signal`; everything else is an answer.
 */
export async function askCaptioner(
  captioner: Captioner,
  input: CaptionInput,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<Answer> {
  signal.throwIfAborted()
  const started = performance.now()
  const passed = () => round(performance.now() - started)
  let stopped = false
  try {
    const output = await timeout(timeoutMs, TimeoutStrategy.Aggressive).execute(
      async ({ signal: stop }) => {
        try {
          return await captioner.caption(input, stop)
        } finally {
          stopped = stop.aborted
        }
      },
      signal,
    )
    return { output, ms: passed() }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    const late = stopped || isTaskCancelledError(error)
    const failure = late ? tooLate(captioner, timeoutMs, error) : toFailure(captioner, error)
    return { failure, excused: isOwnFault(input, failure), ms: passed() }
  }
}

const round = (milliseconds: number) => Math.round(milliseconds * 10) / 10

const tooLate = ({ name }: Captioner, timeoutMs: number, cause: unknown) =>
  new CaptionerFailure(
    'timed-out',
    `${name} did not answer within ${round(timeoutMs / 1000)} seconds.`,
    {
      cause,
    },
  )

/**
 * A key that the request brought says nothing about those who use the configured one, nor does a setting
 * that was refused before anything was sent.
 */
const isOwnFault = ({ apiKey }: CaptionInput, { outcome, status }: CaptionerFailure) =>
  (apiKey !== undefined && (outcome === 'bad-key' || outcome === 'rate-limited')) ||
  (outcome === 'bad-request' && status === undefined)

function toFailure({ name }: Captioner, error: unknown): CaptionerFailure {
  if (error instanceof CaptionerFailure) return error
  const message = error instanceof Error ? error.message : String(error)
  const known = error instanceof AppError ? appErrors[error.code] : undefined
  return known
    ? new CaptionerFailure(known, message, { cause: error })
    : new CaptionerFailure('bad-answer', `${name} failed; the log has the details.`, {
        cause: error,
      })
}

/** Of captioners that answer with the errors of the rest of the server. */
const appErrors: Partial<Record<AppError['code'], Outcome>> = {
  'captioner-failed': 'unreachable',
  'captioner-refused': 'bad-request',
  'captioner-timeout': 'timed-out',
  'rate-limited': 'rate-limited',
  'unsupported-image': 'unsupported-image',
  'corrupt-image': 'unsupported-image',
  'image-too-large': 'too-large',
}
