import { outcomes, type Sampling } from '@descry/contract'
import { ExponentialBackoff, halfJitterGenerator, type IBackoff } from 'cockatiel'
import type { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { askOtherwise } from './ask-otherwise.ts'
import { type ChainRun, longestWait, type Question } from './chain-run.ts'

export type Retry = { waitMs: number; sampling: Sampling }

/**
 * Says, after each failure of a captioner, when and with which settings it is asked again; nothing when
 * it is not. The pauses are cockatiel's; its loop is not used, because it sleeps on when the caller is
 * gone.
 */
export function retryPlan(
  run: ChainRun,
  { captioner, isLast }: Omit<Question, 'sampling'>,
): (failure: CaptionerFailure, sampling: Sampling) => Retry | undefined {
  const { backoffMs } = run.state.timing
  const { breaker } = run.state.stateOf(captioner)
  let backoff: IBackoff<unknown> | undefined
  let later = 0
  let otherwise = 0

  const rules = {
    never: () => undefined,
    otherwise({ outcome }: CaptionerFailure, sampling: Sampling): Retry | undefined {
      otherwise += 1
      const settings =
        otherwise > MOST_OTHERWISE ? undefined : askOtherwise(captioner, sampling, outcome)
      return settings && { waitMs: 0, sampling: settings }
    },
    later({ retryAfterMs = 0 }: CaptionerFailure, sampling: Sampling): Retry | undefined {
      later += 1
      backoff = backoff ? backoff.next(undefined) : pauses(backoffMs).next()
      // Not all of those who were told the same time should come at the same time.
      const waitMs = Math.max(backoff.duration, retryAfterMs * (1 + Math.random() / 10))
      const leftAlone = !isLast && breaker.findCooling() !== undefined
      return later > MOST_LATER || waitMs > longestWait(run) || leftAlone
        ? undefined
        : { waitMs, sampling }
    },
  }
  return (failure, sampling) => rules[outcomes[failure.outcome].retry](failure, sampling)
}

const MOST_LATER = 3
const MOST_OTHERWISE = 1

/** 1, 2 and 4 times as long, each cut by up to a half. */
const pauses = (backoffMs: number) =>
  new ExponentialBackoff({
    initialDelay: backoffMs,
    maxDelay: 4 * backoffMs,
    generator: halfJitterGenerator,
  })
