import type { z } from 'zod'
import type { Endpoint, Upload } from './endpoint.ts'
import { type EndpointName, type EndpointTable, endpointTable } from './endpoint-table.ts'
import { type ErrorCode, ErrorResponse } from './error.ts'

/** The server's answer to a request it could not fulfil. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: ErrorCode | 'unreadable-answer'
  readonly requestId: string | undefined
  /** What else the server says about it; of a caption that failed: `FailureDetails`. */
  readonly details: unknown

  constructor(
    status: number,
    code: ErrorCode | 'unreadable-answer',
    message: string,
    more: { requestId?: string; details?: unknown } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.requestId = more.requestId
    this.details = more.details
  }
}

type ClientOptions = { baseUrl?: string; fetch?: typeof globalThis.fetch }
type CallOptions = {
  signal?: AbortSignal | undefined
  /** The same request sent again under its key gives the same answer, where an endpoint takes one. */
  idempotencyKey?: string | undefined
}

/** An image to upload, or the address of one. */
export type ImageSource = { file: Blob; name?: string } | { url: string }

type ParamsOf<E> = E extends { params: infer S extends z.ZodType } ? z.input<S> : unknown
type QueryOf<E> = E extends { query: infer S extends z.ZodType } ? Loose<z.input<S>> : unknown
type BodyOf<E> = E extends { body: infer S extends z.ZodType }
  ? undefined extends z.input<S>
    ? { body?: z.input<S> }
    : { body: z.input<S> }
  : unknown
type UploadOf<E> = E extends { upload: Upload<infer S> }
  ? { image: ImageSource; options?: z.input<S> }
  : unknown

/** Numbers of a query are written as text, so that their schemas take anything. */
type Loose<Query> = {
  [Key in keyof Query]: unknown extends Query[Key] ? string | number : Query[Key]
}

/** What a method of the client takes: parameters of path and query by name, and the `body`. */
export type InputOf<E> = ParamsOf<E> & QueryOf<E> & BodyOf<E> & UploadOf<E>

export type AnswerOf<E> = E extends { response: infer S extends z.ZodType } ? z.output<S> : never

type Method<E> =
  unknown extends InputOf<E>
    ? (input?: Record<string, never>, options?: CallOptions) => Promise<AnswerOf<E>>
    : Record<never, never> extends InputOf<E>
      ? (input?: InputOf<E>, options?: CallOptions) => Promise<AnswerOf<E>>
      : (input: InputOf<E>, options?: CallOptions) => Promise<AnswerOf<E>>

type JsonEndpointName = {
  [Name in EndpointName]: EndpointTable[Name]['response'] extends z.ZodType ? Name : never
}[EndpointName]

/** One method for each endpoint that answers with JSON. */
export type Client = { [Name in JsonEndpointName]: Method<EndpointTable[Name]> }

/** A typed client of the product API; every answer is parsed. `baseUrl` has no trailing slash. */
export function createClient({
  baseUrl = '',
  fetch = globalThis.fetch,
}: ClientOptions = {}): Client {
  const methods = Object.entries(endpointTable)
    .filter(([, { response }]) => typeof response !== 'string')
    .map(([name, endpoint]) => [
      name,
      (input: Input = {}, options: CallOptions = {}) =>
        call(endpoint, { input, options, baseUrl, fetch }),
    ])
  return Object.fromEntries(methods) as Client
}

type Input = Record<string, unknown> & {
  body?: unknown
  image?: ImageSource
  options?: Record<string, unknown>
}

type Call = {
  input: Input
  options: CallOptions
  baseUrl: string
  fetch: typeof globalThis.fetch
}

async function call(
  endpoint: Endpoint,
  { input, options: { signal, idempotencyKey }, baseUrl, fetch }: Call,
): Promise<unknown> {
  const { method, response: schema, otherStatus } = endpoint
  const { headers, body: sent } = bodyOf(endpoint, input)
  const response = await fetch(baseUrl + addressOf(endpoint, input), {
    method,
    ...(sent !== undefined && { body: sent }),
    headers: { ...headers, ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) },
    signal: signal ?? null,
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok && response.status !== otherStatus) throw toApiError(response.status, body)
  const parsed = (schema as z.ZodType).safeParse(body)
  if (parsed.success) return parsed.data
  throw toApiError(response.status, body)
}

/** The path with its parameters filled in, and the query. */
function addressOf({ path, query }: Endpoint, input: Input): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(input[name])),
  )
  const search = new URLSearchParams()
  for (const name of Object.keys(query?.shape ?? {})) {
    const value = input[name]
    if (value !== undefined) search.set(name, String(value))
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}

function bodyOf({ upload }: Endpoint, { body, image, options = {} }: Input): Sent {
  if (!upload) return body === undefined ? {} : json(body)
  if (!image) throw new TypeError('An upload needs an image.')
  if ('url' in image) return json({ url: image.url, ...options })
  const form = new FormData()
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) form.append(name, String(value)) // ['a', 'b'] becomes 'a,b'
  }
  form.append('file', image.file, image.name) // last, so that the server knows the options first
  return { body: form }
}

type Sent = { headers?: Record<string, string>; body?: string | FormData }

const json = (body: unknown): Sent => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

function toApiError(status: number, body: unknown): ApiError {
  const parsed = ErrorResponse.safeParse(body)
  if (!parsed.success) {
    return new ApiError(
      status,
      'unreadable-answer',
      `The server answered ${status} with something else than Descry's API.`,
    )
  }
  const { code, message, ...more } = parsed.data.error
  return new ApiError(status, code, message, more)
}
