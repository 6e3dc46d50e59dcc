import { z } from 'zod'

/**
 * How an attempt to caption can end without a caption, and what may follow:
 *
 * - `retry`: the same captioner may be asked again, later (`later`: after a pause; `otherwise`: at once,
 *   with other settings).
 * - `fallThrough`: the chain may go on with its next captioner; `if-allowed`: only if the organization
 *   allows it for refusals.
 * - `counts`: it is held against the captioner; after a few in a row it is left alone for a while.
 *
 * The one table of these rules.
 */
export const outcomes = {
  /** The model said that it will not describe this image. */
  refused: { retry: 'never', fallThrough: 'if-allowed', counts: false },
  /** The provider's content filter stopped the image or the answer. */
  blocked: { retry: 'never', fallThrough: 'if-allowed', counts: false },
  empty: { retry: 'otherwise', fallThrough: 'yes', counts: false },
  /** The answer ended in the middle, at the limit of tokens. */
  truncated: { retry: 'otherwise', fallThrough: 'yes', counts: false },
  /** There is text, but it is no caption: a loop, boilerplate, another language, a leaked prompt. */
  unfit: { retry: 'otherwise', fallThrough: 'yes', counts: false },
  'rate-limited': { retry: 'later', fallThrough: 'yes', counts: true },
  'timed-out': { retry: 'never', fallThrough: 'yes', counts: true },
  /** No connection, a broken one, or an error of the server's own (5xx). */
  unreachable: { retry: 'later', fallThrough: 'yes', counts: true },
  /**
   * An answer that is not of the provider's format: HTML, invalid JSON; one that it broke off; an error with
   * status 200 that does not say which.
   */
  'bad-answer': { retry: 'later', fallThrough: 'yes', counts: true },
  'bad-key': { retry: 'never', fallThrough: 'yes', counts: true },
  /** The provider does not accept such a request: no such model, an unknown setting. */
  'bad-request': { retry: 'never', fallThrough: 'yes', counts: true },
  'unsupported-image': { retry: 'never', fallThrough: 'yes', counts: false },
  'too-large': { retry: 'never', fallThrough: 'yes', counts: false },
  /** The model learned from photos, and takes this for something else: a drawing, a chart, a screenshot. */
  'not-a-photo': { retry: 'never', fallThrough: 'yes', counts: false },
  /** A hard stop: asking the next captioner would cost as well. */
  'over-budget': { retry: 'never', fallThrough: 'no', counts: false },
} as const satisfies Record<string, OutcomeRule>

type OutcomeRule = {
  retry: 'never' | 'later' | 'otherwise'
  fallThrough: 'yes' | 'no' | 'if-allowed'
  counts: boolean
}

export type Outcome = keyof typeof outcomes
export const Outcome = z.enum(Object.keys(outcomes) as [Outcome, ...Outcome[]])
