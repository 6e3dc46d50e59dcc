import type { z } from 'zod'
import type { ErrorCode } from './error.ts'
import type { Permission } from './permission.ts'

/**
 * One endpoint of the product API. Its route, the checks of requests and answers, the OpenAPI document
 * and the method of the typed client are all derived from this description.
 */
export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With parameters as `:name`. */
  path: `/api/${string}`
  /** An older path that programs still use; the reference does not name it. */
  alsoAt?: `/api/${string}`
  tag: Tag
  summary: string
  /** What the caller must be allowed to do; 'none': anybody may ask. */
  permission: Permission | 'none'
  params?: z.ZodObject
  /** Parameters that are not listed here are refused, as are unknown fields of a body. */
  query?: z.ZodObject
  /** A JSON body. */
  body?: z.ZodType
  /** An image with options, in two forms. An endpoint has a `body` or an `upload`. */
  upload?: Upload
  /** Takes the header Idempotency-Key: the same request sent again under it gives the same answer. */
  idempotent?: true
  /** The JSON answer, or how the bytes of another kind of answer are read. */
  response: z.ZodType | 'picture' | 'event-stream'
  /** Of the answer, 200 unless given. */
  status?: 200 | 202
  /** Another status with the same shape of answer. */
  otherStatus?: 503
  /** The failures of its own; those that every endpoint has are in `commonErrors`. */
  errors: readonly ErrorCode[]
  /** A request that works as it is, for the reference. */
  example?: { params?: object; query?: object; body?: object }
}

/** Options beside an image: as fields of a form with the `file`, or as JSON with its `url` or `data`. */
export type Upload<Options extends z.ZodType = z.ZodType> = {
  form: Options
  json: z.ZodType<z.output<Options> & { url?: string | undefined; data?: string | undefined }>
}

export type Tag = 'Captions' | 'Jobs' | 'Images' | 'Captioners' | 'Events' | 'Health'

/** Keeps the exact types of a table of endpoints. */
export const endpoints = <const Table extends Record<string, Endpoint>>(table: Table): Table =>
  table

/** Every endpoint can fail with these. */
export const commonErrors = [
  'invalid-input',
  'forbidden',
  'internal',
  'database-unavailable',
  'stopping',
] as const satisfies readonly ErrorCode[]
