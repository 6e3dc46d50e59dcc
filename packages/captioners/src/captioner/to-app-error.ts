import { AppError, type ErrorCode, type Outcome } from '@descry/contract'
import type { CaptionerFailure } from './captioner-failure.ts'

/** What a captioner's failure means to whoever asked for the caption. */
export const toAppError = (failure: CaptionerFailure): AppError =>
  new AppError(codeOfOutcome[failure.outcome], failure.message, { cause: failure })

export const codeOfOutcome = {
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
