import { describeIssue, type ErrorCode, type ErrorResponse } from '@descry/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { toAppError } from '../to-app-error.ts'

/** The only place where an error becomes an answer, and the only one that logs it. */
export function handleErrors(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = toAppError(error) ?? fromFramework(error)
  if (known) {
    const fields = { code: known.code, error: known.cause ?? known.message }
    request.log[known.status >= 500 ? 'error' : 'info'](fields, 'request failed')
  } else {
    request.log.error({ error }, 'bug')
  }
  return sendError(request, reply, known ?? new AppError('internal', INTERNAL))
}

export function sendError(request: FastifyRequest, reply: FastifyReply, error: AppError) {
  const { code, message, details, status } = error
  if (error.retry && status >= 429) {
    reply.header('retry-after', String(Math.ceil((error.retryAfterMs ?? 5000) / 1000)))
  }
  if (code === 'job-unfinished') reply.header('retry-after', '1')
  const body: ErrorResponse = {
    error: { code, message, requestId: request.id, ...(details === undefined ? {} : { details }) },
  }
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body)
}

const INTERNAL =
  'Something went wrong in Descry itself. The log has the details under this request id.'

/** Errors of zod, Fastify and its plugins, in our words. */
function fromFramework(error: unknown): AppError | undefined {
  if (error instanceof z.ZodError) return invalid(error.issues)
  if (!(error instanceof Error)) return undefined
  const { statusCode = 500, code, message } = error as FastifyError
  if (statusCode >= 500) return undefined
  const ours = frameworkCodes[code] ?? byStatus[statusCode] ?? 'invalid-input'
  return new AppError(ours, frameworkMessages[code] ?? message, { cause: error })
}

/** However much is wrong, nobody reads more than a few sentences. */
function invalid(issues: readonly z.core.$ZodIssue[]): AppError {
  const told = issues.slice(0, MOST_ISSUES).map((issue) => ({
    path: issue.path.join('.').slice(0, 100),
    message: describeIssue(issue),
  }))
  const more = issues.length - told.length
  const sentences = told.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  const rest = more > 0 ? [`And ${more} more.`] : []
  return new AppError('invalid-input', [...sentences, ...rest].join(' '), { details: told })
}

const MOST_ISSUES = 10

const frameworkMessages: Partial<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'Send a form (multipart/form-data), JSON (application/json), or an image as it is (image/*).',
}

const frameworkCodes: Record<string, ErrorCode> = {
  FST_REQ_FILE_TOO_LARGE: 'image-too-large',
  FST_ERR_CTP_BODY_TOO_LARGE: 'image-too-large',
}

const byStatus: Record<number, ErrorCode> = {
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
}
