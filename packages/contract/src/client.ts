import type { z } from 'zod'
import type { CaptionOptions } from './caption.ts'
import { Caption, CaptionResponse } from './caption.ts'
import { CaptionerList } from './captioner.ts'
import {
  type CaptionerSetup,
  CaptionerTest,
  CaptioningRules,
  ConfiguredCaptioner,
  ConfiguredCaptionerList,
  Estimate,
  type EstimateRequest,
  Nothing,
  type Prompt,
  PromptList,
  SentImage,
} from './captioning.ts'
import { type ErrorCode, ErrorResponse } from './error.ts'
import { Health } from './health.ts'
import { Image } from './image.ts'
import { Job, type JobOptions, JobResult, type JobRetry, type JobStatus } from './job.ts'
import { page } from './page.ts'

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
    retryJob: (id: string, options: JobRetry = {}) =>
      call(Job, `/jobs/${id}/retry`, { ...put(options), method: 'POST' }),
    getImage: (id: string, { signal }: Signal = {}) =>
      call(Image, `/images/${id}`, { signal: signal ?? null }),
    listCaptioners: ({ signal }: Signal = {}) =>
      call(CaptionerList, '/captioners', { signal: signal ?? null }),
    listConfiguredCaptioners: ({ signal }: Signal = {}) =>
      call(ConfiguredCaptionerList, '/captioner-settings', { signal: signal ?? null }),
    /** Creates it, or replaces it; `settings.name` says which. */
    saveCaptioner: (setup: CaptionerSetup) =>
      call(ConfiguredCaptioner, `/captioner-settings/${nameOf(setup)}`, put(setup)),
    removeCaptioner: (name: string) =>
      call(Nothing, `/captioner-settings/${encodeURIComponent(name)}`, { method: 'DELETE' }),
    /** Asks it for a caption of a picture of ours, whether it is saved or not. */
    testCaptioner: (setup: CaptionerSetup, { signal }: Signal = {}) =>
      call(CaptionerTest, '/captioner-settings/test', {
        ...put(setup),
        method: 'POST',
        signal: signal ?? null,
      }),
    getCaptioningRules: ({ signal }: Signal = {}) =>
      call(CaptioningRules, '/captioning-rules', { signal: signal ?? null }),
    saveCaptioningRules: (rules: CaptioningRules) =>
      call(CaptioningRules, '/captioning-rules', put(rules)),
    listPrompts: ({ signal }: Signal = {}) =>
      call(PromptList, '/prompts', { signal: signal ?? null }),
    savePrompt: (prompt: Prompt) =>
      call(PromptList, `/prompts/${encodeURIComponent(prompt.name)}`, put(prompt)),
    removePrompt: (name: string) =>
      call(PromptList, `/prompts/${encodeURIComponent(name)}`, { method: 'DELETE' }),
    listSentImages: (query: { cursor?: string; limit?: number } = {}, { signal }: Signal = {}) =>
      call(page(SentImage), `/sent-images${toQuery(query)}`, { signal: signal ?? null }),
    estimate: (request: z.input<typeof EstimateRequest>, { signal }: Signal = {}) =>
      call(Estimate, '/estimates', { ...put(request), method: 'POST', signal: signal ?? null }),
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

const put = (body: unknown): RequestInit => ({
  method: 'PUT',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const nameOf = ({ settings }: CaptionerSetup) => encodeURIComponent(settings.name)

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
  const { code, message, ...more } = parsed.data.error
  return new ApiError(status, code, message, more)
}
