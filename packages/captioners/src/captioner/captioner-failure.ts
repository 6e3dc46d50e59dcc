import type { Outcome, Trace } from '@descry/contract'
import { toStorable } from './clean-text.ts'

type Details = ErrorOptions & {
  /** What the server asked for: milliseconds until another request makes sense. */
  retryAfterMs?: number | undefined
  /** What came back instead of a caption, cut to 2,000 characters; kept, never stored as a caption. */
  reply?: string | undefined
  status?: number | undefined
  chain?: FailedChain | undefined
}

/** Of a whole chain: all that it tried, and whether the same request has a chance later. */
type FailedChain = { trace: Trace; retry: boolean }

/** Captioners were asked and gave no caption. `message` is for people: what happened, and how to fix it. */
export class CaptionerFailure extends Error {
  override readonly name = 'CaptionerFailure'
  readonly outcome: Outcome
  readonly retryAfterMs: number | undefined
  readonly reply: string | undefined
  readonly status: number | undefined
  /** Absent: one captioner was asked, without a chain. */
  readonly chain: FailedChain | undefined

  constructor(
    outcome: Outcome,
    message: string,
    { retryAfterMs, reply, status, chain, ...options }: Details = {},
  ) {
    super(toStorable(message), options)
    this.outcome = outcome
    this.retryAfterMs = retryAfterMs
    this.reply = reply === undefined ? undefined : toStorable(withoutPictures(reply).slice(0, 2000))
    this.status = status
    this.chain = chain
  }
}

/** Some servers answer an error with the whole request in it. */
const withoutPictures = (reply: string) =>
  reply.replace(/(?:data:[^,;\s"]*;base64,)?[A-Za-z0-9+/]{200,}={0,2}/g, '[picture]')
