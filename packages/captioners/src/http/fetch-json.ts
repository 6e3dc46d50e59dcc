import type { CaptionerFailure } from '../captioner/captioner-failure.ts'
import type { Target } from '../captioner/target.ts'
import { answerFailure } from './answer-failure.ts'
import { badAnswer } from './bad-answer.ts'
import { findQuietError } from './find-quiet-error.ts'
import { parseJson } from './parse-json.ts'
import { unreachable } from './unreachable.ts'

type Options = { fetch: typeof globalThis.fetch; target: Target; signal: AbortSignal }

/**
 * A `fetch` for the SDKs of providers: they get JSON of a request that went well. All else fails here,
 * where status, headers and body are still together. An image follows no redirect: it goes to no other
 * host than the one that people were told.
 */
export function fetchJson({ fetch, target, signal }: Options): typeof globalThis.fetch {
  return async (input, init) => {
    const redirect = init?.body ? 'manual' : 'follow'
    const answer = await request(() => fetch(input, { ...init, redirect, signal }))
    const at = { ...target, host: new URL(input instanceof Request ? input.url : input).host }
    if (!answer.ok) throw answerFailure(at, answer)
    const error = findQuietError(at, answer)
    if (error) throw error
    if (!isObject(parseJson(answer.body))) throw notJson(at, answer)
    return new Response(answer.body, { headers: { 'content-type': 'application/json' } })
  }

  async function request(send: () => Promise<Response>): Promise<Answer> {
    try {
      const response = await send()
      const { ok, status, headers } = response
      return { ok, status, headers, body: await readText(response) }
    } catch (error) {
      signal.throwIfAborted()
      throw unreachable(target, error)
    }
  }
}

type Answer = { ok: boolean; status: number; headers: Headers; body: string }

/** Thousands of times a caption; what is longer is cut, and then is no JSON. */
const MAX_BYTES = 2_000_000

/** A stream of events may go on forever, and is of no use here: of it, only the first piece is read. */
async function readText({ headers, body }: Response): Promise<string> {
  const max = isEventStream(headers) ? 1 : MAX_BYTES
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= max) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

const isEventStream = (headers: Headers) =>
  headers.get('content-type')?.startsWith('text/event-stream') ?? false

const isObject = (value: unknown) => typeof value === 'object' && value !== null

function notJson(target: Target, { status, headers, body }: Answer): CaptionerFailure {
  const type = headers.get('content-type')?.split(';')[0] ?? 'no content type'
  const what = isEventStream(headers)
    ? 'with a stream of events, though none was asked for'
    : `with something that is no JSON (${type}, ${body.length} characters). Check its address`
  return badAnswer(target, what, { reply: body, status })
}
