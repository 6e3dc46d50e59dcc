import type { Outcome } from '@descry/contract'

type Details = ErrorOptions & {
  /** What the server asked for: milliseconds until another request makes sense. */
  retryAfterMs?: number | undefined
  /** What came back instead of a caption, cut to 2,000 characters; kept, never stored as a caption. */
  reply?: string | undefined
  status?: number | undefined
}

/** A captioner was asked and gave no caption. `message` is for people: what happened, and the way out. */
export class CaptionerFailure extends Error {
  override readonly name = 'CaptionerFailure'
  readonly outcome: Outcome
  readonly retryAfterMs: number | undefined
  readonly reply: string | undefined
  readonly status: number | undefined

  constructor(
    outcome: Outcome,
    message: string,
    { retryAfterMs, reply, status, ...options }: Details = {},
  ) {
    super(message, options)
    this.outcome = outcome
    this.retryAfterMs = retryAfterMs
    this.reply = reply?.slice(0, 2000)
    this.status = status
  }
}
