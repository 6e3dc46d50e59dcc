import { type CaptionerState, outcomes } from '@descry/contract'
import type { CaptionerFailure } from '../captioner/captioner-failure.ts'
import type { Answer } from './ask.ts'
import { untilAborted } from './wait.ts'

type Options = {
  /** So many failures in a row open it: the captioner is not asked. */
  failures: number
  /** For so long; then one request tries it, and the others still go elsewhere. */
  coolMs: number
}

/** The failure a captioner is not asked for, and the milliseconds until it may be tried. */
export type Cooldown = { failure: CaptionerFailure; waitMs: number }

export type Breaker = ReturnType<typeof createBreaker>

/** A circuit breaker: remembers how a captioner fared, and keeps requests from it while it fails. */
export function createBreaker({ failures, coolMs }: Options) {
  let inARow = 0
  let last: { failure: CaptionerFailure; at: number } | undefined
  /** Of the first failure after its last answer. */
  let failingSince: number | undefined
  /** Undefined: closed, requests pass. Of `Date.now()`. */
  let openUntil: number | undefined
  /** The one request that tries whether the captioner works again. */
  let trial: Promise<void> | undefined

  /** Nothing while it may be asked, or tried. */
  function findCooldown(): Cooldown | undefined {
    const waitMs = Math.max(0, (openUntil ?? 0) - Date.now())
    return last && (trial || waitMs > 0) ? { failure: last.failure, waitMs } : undefined
  }

  function note(answer: Answer): void {
    if (!isHeldAgainst(answer)) {
      failingSince = undefined
      return
    }
    last = { failure: answer.failure, at: Date.now() }
    failingSince ??= last.at
  }

  function open(failure: CaptionerFailure): void {
    inARow = 0
    const ms = Math.max(coolMs, failure.retryAfterMs ?? 0)
    openUntil = Date.now() + Math.min(ms, MAX_COOLDOWN_MS)
  }

  /** What began before it opened tells nothing new. */
  function record(answer: Answer, isLast: boolean): void {
    if (openUntil !== undefined) return
    note(answer)
    if (!isHeldAgainst(answer)) {
      inARow = 0
      return
    }
    inARow += 1
    const isLate = answer.failure.outcome === 'timed-out'
    if (inARow >= failures || (isLate && !isLast)) open(answer.failure)
  }

  async function tryAgain(request: () => Promise<Answer>): Promise<Answer> {
    const { promise, resolve: end } = Promise.withResolvers<void>()
    trial = promise
    try {
      const answer = await request() // where its caller ends it, nothing is learned: the next one tries
      note(answer)
      if (isHeldAgainst(answer)) open(answer.failure)
      else openUntil = undefined
      return answer
    } finally {
      trial = undefined
      end()
    }
  }

  return {
    findCooldown,

    /** Since the first failure after its last answer. */
    failingMs: () => (failingSince === undefined ? 0 : Date.now() - failingSince),

    /** For people. */
    describe(): CaptionerState {
      const isCooling = openUntil !== undefined && openUntil > Date.now()
      return {
        status: isCooling ? 'cooling' : failingSince === undefined ? 'ok' : 'failing',
        until: isCooling ? toTimestamp(openUntil) : null,
        failingSince: toTimestamp(failingSince),
        lastError: last
          ? {
              outcome: last.failure.outcome,
              message: last.failure.message,
              at: new Date(last.at).toISOString(),
            }
          : null,
      }
    },

    /**
     * Makes the request, unless the captioner is in its cooldown. `isLast`: nobody is left to be asked
     * instead. Then the trial of another request is waited for, and it takes more than one passed
     * deadline to open; otherwise a deadline, the most expensive of failures, is waited for once.
     */
    async run(
      request: () => Promise<Answer>,
      { isLast, signal }: { isLast: boolean; signal: AbortSignal },
    ): Promise<Answer | { cooldown: Cooldown }> {
      while (isLast && trial) await untilAborted(trial, signal)
      const cooldown = findCooldown()
      if (cooldown) return { cooldown }
      if (openUntil !== undefined) return tryAgain(request)
      const answer = await request()
      record(answer, isLast)
      return answer
    },
  }
}

const toTimestamp = (moment: number | undefined) =>
  moment === undefined ? null : new Date(moment).toISOString()

const isHeldAgainst = (answer: Answer): answer is Extract<Answer, { failure: CaptionerFailure }> =>
  'failure' in answer && !answer.excused && outcomes[answer.failure.outcome].counts

/** A provider may ask for a day; whether it works again is looked up every ten minutes. */
const MAX_COOLDOWN_MS = 600_000
