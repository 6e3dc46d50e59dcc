import { AppError, type ErrorCode, type Outcome } from '@descry/contract'
import type { CaptionerFailure } from './captioner-failure.ts'

/** What a captioner's failure means to whoever asked for the caption; of a chain, with all it tried. */
export function toAppError(failure: CaptionerFailure): AppError {
  const { outcome, message, retryAfterMs, chain } = failure
  return new AppError(codeOfOutcome[outcome], message, {
    cause: failure,
    retryAfterMs,
    ...(chain && { details: { outcome, trace: chain.trace }, retry: chain.retry }),
  })
}

const codeOfOutcome = {
  refused: 'captioner-refused',
  blocked: 'captioner-refused',
  empty: 'captioner-failed',
  truncated: 'captioner-failed',
  unfit: 'captioner-failed',
  'rate-limited': 'rate-limited',
  'timed-out': 'captioner-timeout',
  unreachable: 'captioner-failed',
  'bad-answer': 'captioner-failed',
  'bad-key': 'captioner-refused',
  'bad-request': 'captioner-refused',
  'unsupported-image': 'captioner-refused',
  'too-large': 'captioner-refused',
  'not-a-photo': 'not-a-photo',
  'over-budget': 'over-budget',
} as const satisfies Record<Outcome, ErrorCode>
