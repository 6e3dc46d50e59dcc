import type { Outcome, Sampling } from '@descry/contract'
import type { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { type Attempt, attemptCaption } from './attempt-caption.ts'
import type { ChainRun, Question } from './chain-run.ts'
import { pause } from './pause.ts'
import { retryPlan } from './retry-plan.ts'
import { toTraceStep } from './to-trace-step.ts'

/** The last attempt, and the failures so far: of each outcome the newest, in the order they began. */
export type Asked = {
  attempt: Attempt
  sampling: Sampling
  failures: readonly CaptionerFailure[]
}

/** Asks one captioner, and again where the outcome leaves it a chance. */
export async function askTarget(run: ChainRun, target: Omit<Question, 'sampling'>): Promise<Asked> {
  const { captioner } = target
  const planRetry = retryPlan(run, target)
  const failures = new Map<Outcome, CaptionerFailure>()
  let sampling: Sampling = { ...captioner.sampling, ...run.wish.sampling }

  for (let number = 1; ; number++) {
    const startedAt = new Date()
    const attempt = await attemptCaption(run, { ...target, sampling })
    run.steps.push(toTraceStep(captioner, attempt, { startedAt, number }))
    run.spent += attempt.cost ?? 0
    if (attempt.kind === 'failed') failures.set(attempt.failure.outcome, attempt.failure)

    const retry = attempt.kind === 'failed' && attempt.asked && planRetry(attempt.failure, sampling)
    if (!retry) return { attempt, sampling, failures: [...failures.values()] }
    sampling = retry.sampling
    await pause(retry.waitMs, run.options.signal)
  }
}
