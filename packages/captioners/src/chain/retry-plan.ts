import { type Outcome, outcomes, type Sampling } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import type { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { isRefused } from '../captioner/is-refused.ts'
import { type Call, type ChainRun, longestWait } from './chain-run.ts'

export type Retry = { waitMs: number; sampling: Sampling }

/**
 * Says, after each failure of a captioner, when and with which settings it is asked again; nothing when
 * it is not.
 */
export function retryPlan(
  run: ChainRun,
  { captioner, isLast }: Omit<Call, 'sampling'>,
): (failure: CaptionerFailure, sampling: Sampling) => Retry | undefined {
  const { backoffMs } = run.state.timing
  const { breaker } = run.state.stateOf(captioner)
  let later = 0
  let otherwise = 0

  const rules = {
    never: () => undefined,
    otherwise({ outcome }: CaptionerFailure, sampling: Sampling): Retry | undefined {
      otherwise += 1
      if (otherwise > MAX_OTHERWISE) return undefined
      const adjusted = adjustSampling(captioner, sampling, outcome)
      return adjusted && { waitMs: 0, sampling: adjusted }
    },
    later(failure: CaptionerFailure, sampling: Sampling): Retry | undefined {
      const { retryAfterMs = 0 } = failure
      later += 1
      if (!isLast && isRefused(failure)) return undefined
      // Not all of those who were told the same time should come at the same time.
      const asked = retryAfterMs * (1 + Math.random() / 10)
      const waitMs = Math.max(backoff(backoffMs, later), asked)
      const cooldown = breaker.findCooldown()
      const isCooling = cooldown && (!isLast || cooldown.waitMs > longestWait(run))
      if (later > MAX_LATER || waitMs > longestWait(run) || isCooling) return undefined
      return { waitMs, sampling }
    },
  }
  return (failure, sampling) => rules[outcomes[failure.outcome].retry](failure, sampling)
}

const MAX_LATER = 3
const MAX_OTHERWISE = 1

/** 1, 2 and 4 times as long, each cut by up to a half. */
const backoff = (ms: number, number: number) =>
  ms * Math.min(2 ** (number - 1), 4) * (1 - Math.random() / 2)

/**
 * Settings with which the same captioner may answer better; nothing where there is nothing to adjust.
 * Only what it is asked with already is adjusted: it may take nothing else.
 */
function adjustSampling(
  { sampling: own }: Pick<Captioner, 'sampling'>,
  sampling: Sampling,
  outcome: Outcome,
): Sampling | undefined {
  if (!own) return undefined // without any settings it says the same again
  return outcome === 'truncated' ? withMoreTokens(sampling) : withMoreChance(own, sampling)
}

function withMoreTokens({ maxTokens, ...others }: Sampling): Sampling | undefined {
  if (maxTokens === undefined || maxTokens >= MAX_TOKENS) return undefined
  return { ...others, maxTokens: Math.min(2 * maxTokens, MAX_TOKENS) }
}

/** As `Sampling` allows. */
const MAX_TOKENS = 8192

/** Where the temperature cannot be raised, chance alone has to give another answer. */
function withMoreChance(own: Sampling, sampling: Sampling): Sampling {
  const { temperature, topP } = sampling
  const replaced = topP !== undefined && own.topP === undefined // some take only one of the two
  if (temperature === undefined || replaced) return sampling
  return { ...sampling, temperature: Math.max(1, temperature) } // Claude takes no more than 1
}
