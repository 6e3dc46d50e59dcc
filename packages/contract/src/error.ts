import { z } from 'zod'

/**
 * Every way a request or a job can fail that a caller can act on. Codes are part of the API: add,
 * never rename. `status` is the HTTP status; `retry` says whether the same attempt, made later, has
 * a chance.
 */
export const errorCodes = {
  'invalid-input': { status: 400, retry: false },
  'unsupported-option': { status: 400, retry: false },
  'unsupported-image': { status: 415, retry: false },
  'corrupt-image': { status: 422, retry: false },
  'image-too-large': { status: 413, retry: false },
  'url-not-allowed': { status: 400, retry: false },
  'url-unreachable': { status: 422, retry: true },
  forbidden: { status: 403, retry: false },
  'not-found': { status: 404, retry: false },
  'damaged-image': { status: 404, retry: false },
  'method-not-allowed': { status: 405, retry: false },
  conflict: { status: 409, retry: false },
  'job-unfinished': { status: 409, retry: true },
  'too-large': { status: 413, retry: false },
  'unsupported-media-type': { status: 415, retry: false },
  'too-busy': { status: 503, retry: true },
  'rate-limited': { status: 429, retry: true },
  'client-closed': { status: 499, retry: true },
  internal: { status: 500, retry: true },
  'captioner-failed': { status: 502, retry: true },
  'captioner-refused': { status: 502, retry: false },
  'captioner-timeout': { status: 504, retry: true },
  'not-a-photo': { status: 422, retry: false },
  'over-budget': { status: 402, retry: false },
  'not-allowed-to-leave': { status: 403, retry: false },
  'database-unavailable': { status: 503, retry: true },
  stopping: { status: 503, retry: true },
  'storage-full': { status: 507, retry: true },
  'worker-lost': { status: 500, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>

export type ErrorCode = keyof typeof errorCodes

export const ErrorCode = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]])

/** What went wrong, for people (`message`) and programs (`code`). */
export const Failure = z.object({
  code: ErrorCode,
  message: z.string(),
})
export type Failure = z.infer<typeof Failure>

/** The one shape of an error answer. `requestId` is also in the `x-request-id` header and the log. */
export const ErrorResponse = z.object({
  error: Failure.extend({
    requestId: z.string(),
    details: z.unknown().optional(),
  }),
})
export type ErrorResponse = z.infer<typeof ErrorResponse>

/** What can be wrong with an image that was sent. */
export const imageErrors = [
  'unsupported-image',
  'corrupt-image',
  'image-too-large',
  'too-large',
  'unsupported-media-type',
  'url-not-allowed',
  'url-unreachable',
  'storage-full',
  'too-busy',
] as const satisfies readonly ErrorCode[]

/** How the captioning of an image can fail. */
export const captioningErrors = [
  'unsupported-option',
  'captioner-failed',
  'captioner-refused',
  'captioner-timeout',
  'not-a-photo',
  'rate-limited',
  'over-budget',
  'not-allowed-to-leave',
] as const satisfies readonly ErrorCode[]
