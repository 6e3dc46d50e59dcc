import { explainRefusal } from './explain-refusal.ts'
import { HubError } from './hub-error.ts'
import type { HubSettings } from './hub-settings.ts'
import { readEndpoint } from './read-endpoint.ts'
import type { StallWatch } from './watch-for-stall.ts'

type HubRequest = {
  url: string
  headers?: { range?: string } & Record<string, string>
  /** What it is about, for messages. */
  repository: string
  path?: string | undefined
  silence: StallWatch
}

/** Makes one request, and gives an answer that is good, or that says 416 to a `range`. */
export async function requestHub(settings: HubSettings, request: HubRequest): Promise<Response> {
  if (settings.offline) {
    throw new HubError('offline', `${request.repository} cannot be requested: offline is on.`)
  }
  const response = await send(settings, request)
  request.silence.received()
  if (response.ok || (response.status === 416 && request.headers?.range)) return response
  await response.body?.cancel()
  throw explainRefusal(response, {
    ...request,
    endpoint: readEndpoint(settings),
    hasToken: settings.token !== undefined,
  })
}

/** The bytes of an answer as they come. */
export async function* readBody(
  response: Response,
  { signal, received }: StallWatch,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response.body ?? []) {
      received()
      yield chunk
    }
  } catch (cause) {
    throw unreachable(response.url, signal, cause)
  }
}

/** The token is for the endpoint; `fetch` drops it where a redirect leads to another origin. */
async function send(
  { fetch = globalThis.fetch, ...settings }: HubSettings,
  { url, headers, silence: { signal } }: HubRequest,
): Promise<Response> {
  const ours = new URL(url).origin === new URL(readEndpoint(settings)).origin
  const authorization = ours && settings.token !== undefined ? authorize(settings.token) : {}
  try {
    return await fetch(url, { headers: { ...headers, ...authorization }, signal })
  } catch (cause) {
    throw unreachable(url, signal, cause)
  }
}

function authorize(token: string): { authorization: string } {
  if (/^[\x21-\x7e]+$/.test(token)) return { authorization: `Bearer ${token}` }
  throw new HubError('bad-name', 'The token for the hub is empty, or has spaces or odd characters.')
}

/** Where the signal fired, its reason: it is the caller's, or a `HubError` about silence. */
function unreachable(url: string, signal: AbortSignal, cause: unknown): unknown {
  if (signal.aborted) return signal.reason
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const reason = inner instanceof Error ? ('code' in inner ? inner.code : inner.message) : inner
  const message =
    `The connection to ${new URL(url).origin} failed (${reason}). Check the network and the ` +
    "hub's address, then try again: it goes on where it stopped."
  return new HubError('unreachable', message, { cause })
}
