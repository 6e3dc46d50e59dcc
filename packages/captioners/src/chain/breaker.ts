import { outcomes } from '@descry/contract'
import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhenResult,
  isBrokenCircuitError,
} from 'cockatiel'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import type { Answer } from './ask-captioner.ts'
import { untilAborted } from './until-aborted.ts'

type Options = {
  /** So many failures in a row, and the captioner is left alone. */
  failures: number
  /** For so long; then one request tries it, and the others still go elsewhere. */
  coolMs: number
}

/** The failure a captioner is left alone for, and the milliseconds until it may be tried. */
export type Cooling = { failure: CaptionerFailure; waitMs: number }

export type Breaker = ReturnType<typeof createBreaker>

/**
 * Remembers how a captioner fared, and leaves it alone while it fails. Around a single request, so that
 * nothing else is held against it.
 */
export function createBreaker({ failures, coolMs }: Options) {
  const inARow = new ConsecutiveBreaker(failures)
  let last = new CaptionerFailure('unreachable', 'It was not asked yet.')
  let openUntil = 0

  const policy = circuitBreaker(handleWhenResult(isHeldAgainst), {
    breaker: inARow,
    halfOpenAfter: new DelegateBackoff(({ result }) => {
      const answer = 'value' in result ? result.value : undefined
      if (answer instanceof Unanswered) return 0 // nothing was learned: the next one tries
      if (isFailed(answer)) last = answer.failure
      const ms = Math.min(Math.max(coolMs, last.retryAfterMs ?? 0), MOST_COOL_MS)
      openUntil = Date.now() + ms
      return ms
    }),
  })

  /** Nothing while it may be asked, or tried. */
  function findCooling(): Cooling | undefined {
    const waitMs = Math.max(0, openUntil - Date.now())
    const trying = policy.state === CircuitState.HalfOpen
    const resting = policy.state === CircuitState.Open && waitMs > 0
    return trying || resting ? { failure: last, waitMs } : undefined
  }

  return {
    findCooling,

    /**
     * Makes the request, unless the captioner is left alone. `isLast`: nobody is left to be asked
     * instead. Then one that is just being tried is waited for, and it takes more than one passed
     * deadline to leave it alone; otherwise a deadline, the dearest of failures, is waited for once.
     */
    async run(
      request: () => Promise<Answer>,
      { isLast, signal }: { isLast: boolean; signal: AbortSignal },
    ): Promise<Answer | { cooling: Cooling }> {
      const cooling = isLast ? undefined : findCooling()
      if (cooling) return { cooling }
      try {
        const waits = policy.state === CircuitState.HalfOpen
        const asked = policy.execute(async () => {
          const trial = policy.state === CircuitState.HalfOpen
          const answer = await request().catch((error) => {
            if (trial) return new Unanswered(error)
            throw error
          })
          const late = isFailed(answer) && answer.failure.outcome === 'timed-out'
          if (late && !isLast) inARow.state = Math.max(inARow.state, failures - 1)
          return answer
        })
        const answer = await (waits ? untilAborted(asked, signal) : asked)
        if (answer instanceof Unanswered) throw answer.reason
        return answer
      } catch (error) {
        if (!isBrokenCircuitError(error)) throw error
        return { cooling: { failure: last, waitMs: Math.max(0, openUntil - Date.now()) } }
      }
    },
  }
}

/** A trial that its caller ended: it tells nothing about the captioner. */
class Unanswered {
  readonly reason: unknown
  constructor(reason: unknown) {
    this.reason = reason
  }
}

const isFailed = (answer: unknown): answer is Extract<Answer, { failure: CaptionerFailure }> =>
  typeof answer === 'object' && answer !== null && 'failure' in answer

const isHeldAgainst = (answer: unknown) =>
  answer instanceof Unanswered ||
  (isFailed(answer) && !answer.excused && outcomes[answer.failure.outcome].counts)

/** A provider may ask for a day; whether it works again is looked up every ten minutes. */
const MOST_COOL_MS = 600_000
