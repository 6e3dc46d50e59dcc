import { HubError } from './hub-error.ts'

type Subject = {
  repository: string
  path?: string | undefined
  endpoint: string
  hasToken: boolean
}

/** What an answer that is not the wanted one means, and what to do. */
export function explainRefusal(response: Response, subject: Subject): HubError {
  const code = response.headers.get('x-error-code') ?? ''
  return (byCode[code] ?? findByStatus(response, subject))(response, subject)
}

type Explain = (response: Response, subject: Subject) => HubError

const gated: Explain = (response, { repository, endpoint, hasToken }) =>
  new HubError(
    'gated',
    `${repository} is gated, and ${hasToken ? 'this token has no access' : 'no token is given'}. ` +
      `Ask for access at ${endpoint}/${repository}, then give the token of that account.` +
      quote(response),
  )

const noRepository: Explain = (response, { repository, endpoint, hasToken }) =>
  new HubError(
    'not-found',
    `${repository} is not at ${endpoint}, or is private` +
      `${hasToken ? ' to others than the owner of this token' : ' and needs a token'}. ` +
      `Check the name.${quote(response)}`,
  )

const noRevision: Explain = (response, { repository }) =>
  new HubError(
    'not-found',
    `${repository} has no such revision. Give a branch, a tag or a commit.${quote(response)}`,
  )

const noFile: Explain = (response, { repository, path = 'file' }) =>
  new HubError('not-found', `${repository} has no ${path} at this revision.${quote(response)}`)

const unauthorized: Explain = (response, { repository, hasToken }) =>
  new HubError(
    'gated',
    `${repository} was refused: ` +
      (hasToken ? 'the hub does not accept the token. Give a valid one.' : 'give a token.') +
      quote(response),
  )

/** Also what a host says that the hub led to: its addresses are signed for a short time only. */
const busy: Explain = (response, { repository }) => {
  const retryAfterMs = readRetryAfter(response.headers)
  const wait = retryAfterMs === undefined ? '' : ` in ${Math.ceil(retryAfterMs / 1000)} s`
  const message =
    `${hostOf(response)} answered ${response.status} when asked for ${repository}. ` +
    `Try again${wait}: it goes on where it stopped.${quote(response)}`
  return new HubError('unreachable', message, { retryAfterMs })
}

const odd: Explain = (response, { repository }) =>
  new HubError(
    'bad-answer',
    `${hostOf(response)} answered ${response.status} when asked for ${repository}. ` +
      `Check the hub's address.${quote(response)}`,
  )

const byCode: Record<string, Explain | undefined> = {
  GatedRepo: gated,
  RepoNotFound: noRepository,
  RevisionNotFound: noRevision,
  EntryNotFound: noFile,
}

function findByStatus({ status, url }: Response, { endpoint, path }: Subject): Explain {
  if (status === 408 || status === 429 || status >= 500) return busy
  if (url !== '' && new URL(url).origin !== new URL(endpoint).origin) return busy
  if (status === 401) return unauthorized
  if (status === 403) return gated
  if (status === 404) return path === undefined ? noRepository : noFile
  return odd
}

const hostOf = ({ url }: Response): string => URL.parse(url)?.host ?? 'The hub'

/** The server's own words, on one line. */
function quote({ headers }: Response): string {
  const words = headers
    .get('x-error-message')
    ?.replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200)
  return words ? ` The hub says: ${words}` : ''
}

/** Seconds or a date; the Hugging Face hub itself tells `RateLimit: "resolvers";r=0;t=172`. */
function readRetryAfter(headers: Headers): number | undefined {
  const asked = headers.get('retry-after') ?? /;t=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]
  if (asked == null) return undefined
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
