import { CaptionerFailure, type Captioners } from '@descry/captioners'
import type { MissingStyle, Outcome, Style } from '@descry/contract'
import { AppError } from '../errors.ts'
import { withFallbacks } from './with-fallbacks.ts'

type Failed = { style: Style; error: CaptionerFailure | AppError }

/** The styles of a request that nobody could write, and what follows from that. */
export function failedStyles(captioners: Captioners) {
  const failed: Failed[] = []
  const namesFor = (style: Style) =>
    captioners
      .flatMap(withFallbacks)
      .filter(({ styles }) => styles.includes(style))
      .map(({ name }) => name)

  return {
    get count() {
      return failed.length
    },

    /** Only that nobody gave a caption is a failure of the style; everything else ends the request. */
    add(style: Style, error: unknown): void {
      if (!isMiss(error)) throw error
      failed.push({ style, error })
    },

    /** The same captioners just failed for another style, and not because of their words. */
    throwIfHopeless(style: Style): void {
      const names = String(namesFor(style))
      const same = failed.find(
        (one) => String(namesFor(one.style)) === names && !isOfWords(one.error),
      )
      if (same) throw same.error
    },

    /**
     * Something is enough. But a job waits for the end of a limit where those who wrote its other
     * captions can write this one as well; only a request has nowhere to wait.
     */
    throwUnlessEnough({
      writers,
      mayWait,
    }: {
      writers: (string | null)[]
      mayWait: boolean
    }): void {
      const [first] = failed
      if (first && writers.length === 0) throw first.error
      if (!mayWait) return
      const limited = failed.find(
        ({ style, error }) =>
          isLimit(error) && namesFor(style).some((name) => writers.includes(name)),
      )
      if (limited) throw limited.error
    },

    list: (): MissingStyle[] =>
      failed.map(({ style, error }) => ({ style, reason: error.message })),
  }
}

const isMiss = (error: unknown): error is Failed['error'] =>
  error instanceof CaptionerFailure ||
  (error instanceof AppError && error.code === 'not-allowed-to-leave')

/** Another style has another prompt, and may be answered in better words. */
const isOfWords = (error: Failed['error']) =>
  error instanceof CaptionerFailure && ofWords.has(error.outcome)
const ofWords: ReadonlySet<Outcome> = new Set(['empty', 'truncated', 'unfit', 'bad-answer'])

const isLimit = (error: Failed['error']) =>
  error instanceof CaptionerFailure &&
  error.outcome === 'rate-limited' &&
  error.chain?.retry === true
