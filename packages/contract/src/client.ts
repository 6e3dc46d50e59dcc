import type { z } from 'zod'
import type { CaptionOptions } from './caption.ts'
import { Caption, CaptionResponse } from './caption.ts'
import { CaptionerList } from './captioner.ts'
import { type ErrorCode, ErrorResponse } from './error.ts'
import { Health } from './health.ts'
import { Image } from './image.ts'
import { Job, type JobOptions, JobResult, type JobStatus } from './job.ts'
import { page } from './page.ts'

/** The server's answer to a request it could not fulfil. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: ErrorCode | 'unreadable-answer'
  readonly requestId: string | undefined

  constructor(
    status: number,
    code: ErrorCode | 'unreadable-answer',
    message: string,
    requestId?: string,
  ) {
    super(message)
    this.status = status
    this.code = code
    this.requestId = requestId
  }
}

type ClientOptions = { baseUrl?: string; fetch?: typeof globalThis.fetch }
type Signal = { signal?: AbortSignal | undefined }
type Source = { file: Blob; name?: string } | { url: string }
type CaptionListQuery = {
  cursor?: string
  limit?: number
  imageId?: string
  search?: string
  captioner?: string
  style?: string
}
type JobListQuery = { cursor?: string; limit?: number; status?: JobStatus }

export type Client = ReturnType<typeof createClient>

/** A typed client of the product API; every answer is parsed. `baseUrl` has no trailing slash. */
export function createClient({ baseUrl = '', fetch = globalThis.fetch }: ClientOptions = {}) {
  async function call<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    init: RequestInit = {},
  ): Promise<z.infer<Schema>> {
    const response = await fetch(`${baseUrl}/api${path}`, init)
    const body: unknown = await response.json().catch(() => undefined)
    if (!response.ok && response.status !== 503) throw toApiError(response.status, body)
    const parsed = schema.safeParse(body)
    if (parsed.success) return parsed.data
    throw toApiError(response.status, body)
  }

  return {
    /** Captions an image and waits for the answer. */
    caption: (source: Source, options: Partial<CaptionOptions> = {}, { signal }: Signal = {}) =>
      call(CaptionResponse, '/captions', { ...post(source, options), signal: signal ?? null }),

    /** Stores an image and queues its captioning; answers at once. */
    submitCaptionJob: (
      source: Source,
      options: Partial<JobOptions> = {},
      { signal }: Signal = {},
    ) => call(Job, '/jobs/captions', { ...post(source, options), signal: signal ?? null }),

    listCaptions: (query: CaptionListQuery = {}, { signal }: Signal = {}) =>
      call(page(Caption), `/captions${toQuery(query)}`, { signal: signal ?? null }),
    listJobs: (query: JobListQuery = {}, { signal }: Signal = {}) =>
      call(page(Job), `/jobs${toQuery(query)}`, { signal: signal ?? null }),
    getJob: (id: string, { signal }: Signal = {}) =>
      call(Job, `/jobs/${id}`, { signal: signal ?? null }),
    getJobResult: (id: string, { signal }: Signal = {}) =>
      call(JobResult, `/jobs/${id}/result`, { signal: signal ?? null }),
    cancelJob: (id: string) => call(Job, `/jobs/${id}/cancel`, { method: 'POST' }),
    retryJob: (id: string) => call(Job, `/jobs/${id}/retry`, { method: 'POST' }),
    getImage: (id: string, { signal }: Signal = {}) =>
      call(Image, `/images/${id}`, { signal: signal ?? null }),
    listCaptioners: ({ signal }: Signal = {}) =>
      call(CaptionerList, '/captioners', { signal: signal ?? null }),
    getHealth: ({ signal }: Signal = {}) => call(Health, '/health', { signal: signal ?? null }),
  }
}

function post(source: Source, options: Partial<JobOptions>): RequestInit {
  if ('url' in source) {
    return {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: source.url, ...options }),
    }
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) form.append(name, String(value)) // ['a', 'b'] becomes 'a,b'
  }
  form.append('file', source.file, source.name) // last, so that the server knows the options first
  return { method: 'POST', body: form }
}

function toQuery(query: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value))
  }
  return search.size > 0 ? `?${search}` : ''
}

function toApiError(status: number, body: unknown): ApiError {
  const parsed = ErrorResponse.safeParse(body)
  if (!parsed.success) {
    return new ApiError(
      status,
      'unreadable-answer',
      `The server answered ${status} with something else than Descry's API.`,
    )
  }
  const { code, message, requestId } = parsed.data.error
  return new ApiError(status, code, message, requestId)
}
