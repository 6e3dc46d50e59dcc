import type { Outcome } from '@descry/contract'
import { toStorable } from './to-storable.ts'

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
    super(toStorable(message), options)
    this.outcome = outcome
    this.retryAfterMs = retryAfterMs
    this.reply = reply === undefined ? undefined : toStorable(withoutPictures(reply).slice(0, 2000))
    this.status = status
  }
}

/** Some servers answer an error with the whole request in it. */
const withoutPictures = (reply: string) =>
  reply.replace(/(?:data:[^,;\s"]*;base64,)?[A-Za-z0-9+/]{200,}={0,2}/g, '[picture]')
