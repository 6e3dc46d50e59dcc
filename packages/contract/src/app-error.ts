import { type ErrorCode, errorCodes } from './error.ts'

type Options = ErrorOptions & {
  details?: unknown
  retry?: boolean
  /** Milliseconds until another attempt makes sense. */
  retryAfterMs?: number | undefined
}

/**
 * A failure we expected. Anything else that is thrown is a bug: it becomes a 500 and its message
 * stays in the log.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: unknown
  readonly retryAfterMs: number | undefined
  readonly #retry: boolean | undefined

  constructor(code: ErrorCode, message: string, options?: Options) {
    super(message, options)
    this.code = code
    this.details = options?.details
    this.retryAfterMs = options?.retryAfterMs
    this.#retry = options?.retry
  }

  get status(): number {
    return errorCodes[this.code].status
  }

  /** Would the same attempt, made later, have a chance? Read by the worker. */
  get retry(): boolean {
    return this.#retry ?? errorCodes[this.code].retry
  }
}
