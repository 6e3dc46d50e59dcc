import type { StepOutcome } from '@descry/contract'

/** How an attempt at a captioner can end. */
export const outcomeLabels = {
  done: 'Captioned',
  skipped: 'Not asked',
  refused: 'Refused to describe the image',
  blocked: 'Blocked by a content filter',
  empty: 'Returned nothing',
  truncated: 'Cut off at the token limit',
  unfit: 'Returned something other than a caption',
  'rate-limited': 'Rate limit reached',
  'timed-out': 'Timed out',
  unreachable: 'Could not be reached',
  'bad-answer': 'Sent a response that cannot be read',
  'bad-key': 'Rejected the key',
  'bad-request': 'Rejected the request',
  'unsupported-image': 'Does not support this type of image',
  'too-large': 'Rejected the image as too large',
  'not-a-photo': 'Rejected the image as not a photo',
  'over-budget': 'Would have exceeded the budget',
} as const satisfies Record<StepOutcome, string>
