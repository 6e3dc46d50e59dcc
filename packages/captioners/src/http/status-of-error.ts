import type { ErrorBody } from './read-error-body.ts'

/** The status that an error should have had: by a number in it, its code's name, or its words. */
export function statusOfError({ codes, message }: ErrorBody): number | undefined {
  const named = ({ names }: { names?: readonly string[] }) =>
    names?.some((name) => codes.some((code) => code.toLowerCase() === name)) ?? false
  return (
    codes.map(Number).find(isErrorStatus) ??
    statuses.find(named)?.status ??
    numberIn(message) ??
    statuses.find(({ words }) => words?.test(message))?.status ??
    (codes.some((code) => badRequests.has(code.toLowerCase())) ? 400 : undefined)
  )
}

const isErrorStatus = (code: number) => Number.isInteger(code) && code >= 400 && code < 600

/** "429 Too Many Requests", "Error code: 401", "HTTP/1.1 503", "status=502" */
function numberIn(message: string): number | undefined {
  const found = message.match(
    /(?:^|\b(?:error|status|code|http(?:\/[\d.]+)?)[\s:=#([]{1,3})([45]\d\d)\b/i,
  )
  return found ? Number(found[1]) : undefined
}

/**
 * Codes in lower case, of OpenAI, Anthropic, Google, AWS and Hugging Face; words as servers write them.
 * The first that fits counts.
 */
const statuses: readonly { status: number; names?: readonly string[]; words?: RegExp }[] = [
  {
    status: 402,
    names: ['billing_error', 'payment_required', 'insufficient_quota', 'insufficient_credits'],
    words:
      /payment required|(insufficient|not enough|no|out of) (\w+ )?(credits?|balance|funds)|credit balance|exceeded your (current quota|monthly)/i,
  },
  {
    status: 429,
    names: [
      ...['rate_limit_error', 'rate_limit_exceeded', 'rate_limited', 'too_many_requests'],
      ...['resource_exhausted', 'toomanyrequestsexception', 'throttlingexception'],
    ],
    words: /rate.?limit|rate exceeded|too many requests|throttl|quota|resource.?exhausted/i,
  },
  {
    status: 401,
    names: ['authentication_error', 'unauthenticated', 'unauthorized', 'invalid_api_key'],
    words:
      /unauthori[sz]ed|authentication|(invalid|incorrect|missing|no|expired|wrong|bad) (\w+ )?(api.?key|auth\w*|credentials?|access token|bearer token)/i,
  },
  {
    status: 403,
    names: ['permission_error', 'permission_denied', 'forbidden', 'accessdeniedexception'],
    words: /forbidden|(permission|access) denied|not authorized|do(n't| not) have access/i,
  },
  {
    status: 404,
    names: [
      ...['not_found_error', 'not_found', 'notfounderror', 'model_not_found'],
      'resourcenotfoundexception',
    ],
    words: /not found|does not exist|no such (model|endpoint)|no endpoints/i,
  },
  { status: 413, names: ['request_too_large'] },
  {
    status: 503,
    names: [
      ...['overloaded_error', 'unavailable', 'service_unavailable', 'serviceunavailableexception'],
      ...['modelnotreadyexception', 'api_error', 'server_error', 'internal', 'internal_error'],
      ...['internal_server_error', 'internalserverexception', 'modelerrorexception'],
      ...['timeout_error', 'deadline_exceeded', 'modeltimeoutexception'],
    ],
    words:
      /overloaded|unavailable|still loading|currently loading|loading model|(at|no|over) capacity|try again|too busy|is busy|out of memory|bad gateway|internal (server )?error|tim(ed|e).?out|provider returned error/i,
  },
]

/** Providers have them for many errors, so that everything else says more. */
const badRequests: ReadonlySet<string> = new Set([
  ...['invalid_request_error', 'invalid_argument', 'bad_request', 'badrequesterror'],
  ...['validationexception', 'failed_precondition'],
])
