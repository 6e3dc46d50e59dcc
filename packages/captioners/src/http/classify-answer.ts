import type { ErrorBody } from './read-error-body.ts'

/** What an error answer means. Finer than `Outcome`, because each is fixed in another way. */
export type AnswerClass =
  | 'bad-key'
  | 'no-credit'
  | 'rate-limited'
  | 'too-large'
  | 'unsupported-image'
  | 'blocked'
  | 'unreachable'
  | 'unclear'
  | 'redirected'
  | 'blind'
  | 'bad-request'

/** By the error's code, which is meant for programs; else by its words; else by the status. */
export function classifyAnswer(status: number, { codes, message }: ErrorBody): AnswerClass {
  const byCode = codes.map((code) => classesOfCodes.get(code)).find((found) => found)
  const plain = classesOfStatuses[status]
  if (byCode || (plain && plain !== 'bad-key')) return byCode ?? plain ?? 'bad-request'
  const byWords = sayings.find(([words]) => words.test(message))?.[1]
  return byWords ?? plain ?? byRange(status)
}

const byRange = (status: number): AnswerClass => {
  if (status >= 500) return 'unreachable'
  if (status < 300) return 'unclear' // an error that came as if all were well, and does not say which
  return status < 400 ? 'redirected' : 'bad-request'
}

/** 408 and 424 are servers whose own model was too slow, or failed. */
const classesOfStatuses: Record<number, AnswerClass> = {
  401: 'bad-key',
  402: 'no-credit',
  403: 'bad-key',
  408: 'unreachable',
  413: 'too-large',
  415: 'unsupported-image',
  424: 'unreachable',
  425: 'unreachable',
  429: 'rate-limited',
}

/** Codes, types and reasons in the errors of OpenAI, Azure, Google, Anthropic and AWS. */
const codes: Partial<Record<AnswerClass, readonly string[]>> = {
  'no-credit': ['insufficient_quota', 'billing_not_active', 'billing_error'],
  'bad-key': [
    'invalid_api_key',
    'API_KEY_INVALID',
    'AccessDeniedException',
    'ExpiredTokenException',
    'IncompleteSignatureException',
    'InvalidSignatureException',
    'MissingAuthenticationTokenException',
    'UnrecognizedClientException',
  ],
  'rate-limited': [
    'LimitExceededException',
    'ProvisionedThroughputExceededException',
    'ServiceQuotaExceededException',
    'ThrottlingException',
  ],
  'too-large': ['request_too_large', 'ImageTooLargeException'],
  'unsupported-image': ['image_parse_error', 'invalid_image_format', 'InvalidImageFormatException'],
  blocked: ['content_filter', 'content_policy_violation', 'moderation_blocked'],
}

const classesOfCodes = new Map(
  Object.entries(codes).flatMap(([name, codes]) =>
    codes.map((code) => [code, name as AnswerClass] as const),
  ),
)

/** Where providers have one code for many errors. The first that fits counts. */
const sayings: readonly [RegExp, AnswerClass][] = [
  [/credit balance is too low|insufficient (credits|balance|funds)/i, 'no-credit'],
  [/api key (not valid|expired|is invalid)/i, 'bad-key'],
  [/flagged|content management policy|safety system/i, 'blocked'],
  [
    /image input is not supported|not support (image|vision)|no \w+ (found )?that supports? image|vision( add-?on| adapter| encoder| projector| model)?\b.{0,40}(not loaded|not available|missing|disabled)|not a (vision|multimodal) model|text.only model|only supported by certain models|(cannot|can't) (see|process|accept|take) images/i,
    'blind',
  ],
  [/(image|payload|request)\b.{0,60}\b(exceeds?|too (large|big)|larger than)\b/i, 'too-large'],
  [
    /(unsupported|invalid) image|image (is )?(not valid|invalid|unsupported)|(could not|cannot|unable to|failed to) (decode|identify|load|open|process|read) (the |input )*image/i,
    'unsupported-image',
  ],
]
