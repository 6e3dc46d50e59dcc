/** What a caller can act on, by code. */
export type HubErrorCode =
  | 'not-found'
  | 'gated'
  | 'offline'
  | 'unreachable'
  | 'damaged'
  | 'no-space'
  | 'not-written'
  | 'bad-name'
  | 'bad-answer'

/** A pull that cannot be done. The message says what was found and what to do. */
export class HubError extends Error {
  override readonly name = 'HubError'
  readonly code: HubErrorCode
  /** How long the hub asks us to wait. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: HubErrorCode,
    message: string,
    { retryAfterMs, ...options }: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options)
    this.code = code
    this.retryAfterMs = retryAfterMs
  }

  /** Might the same request succeed a little later? */
  get retry(): boolean {
    return this.code === 'unreachable'
  }
}
