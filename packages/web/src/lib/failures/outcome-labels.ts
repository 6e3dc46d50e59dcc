import type { StepOutcome } from '@descry/contract'

/** How asking a captioner can end, for people. */
export const outcomeLabels = {
  done: 'Captioned',
  skipped: 'Not asked',
  refused: 'Refused to describe the image',
  blocked: 'Stopped by a content filter',
  empty: 'Answered nothing',
  truncated: 'Cut off at the limit of tokens',
  unfit: 'Answered, but not with a caption',
  'rate-limited': 'Asked to slow down',
  'timed-out': 'Took too long',
  unreachable: 'Could not be reached',
  'bad-answer': 'Gave an answer nobody can read',
  'bad-key': 'Did not accept the key',
  'bad-request': 'Did not accept the request',
  'unsupported-image': 'Cannot read this kind of image',
  'too-large': 'Found the image too large',
  'not-a-photo': 'Took the image for something else than a photo',
  'over-budget': 'Would have exceeded the budget',
} as const satisfies Record<StepOutcome, string>
