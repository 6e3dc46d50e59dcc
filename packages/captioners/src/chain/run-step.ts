import type { Outcome, Sampling } from '@descry/contract'
import type { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { type Attempt, attempt } from './attempt.ts'
import type { Call, ChainRun } from './chain-run.ts'
import { retryPlan } from './retry-plan.ts'
import { toTraceStep } from './trace-step.ts'
import { pause } from './wait.ts'

/** The last attempt, and the failures so far: of each outcome the newest, in the order they began. */
export type StepResult = {
  attempt: Attempt
  sampling: Sampling
  failures: readonly CaptionerFailure[]
}

/** Asks one captioner, and again where the outcome leaves it a chance. */
export async function runStep(run: ChainRun, step: Omit<Call, 'sampling'>): Promise<StepResult> {
  const { captioner } = step
  const planRetry = retryPlan(run, step)
  const failures = new Map<Outcome, CaptionerFailure>()
  let sampling: Sampling = { ...captioner.sampling, ...run.input.sampling }

  for (let number = 1; ; number++) {
    const startedAt = new Date()
    const last = await attempt(run, { ...step, sampling })
    run.trace.push(toTraceStep(captioner, last, { startedAt, number }))
    run.spent += last.cost ?? 0
    if (last.kind === 'failed') failures.set(last.failure.outcome, last.failure)

    const retry = last.kind === 'failed' && last.asked && planRetry(last.failure, sampling)
    if (!retry) return { attempt: last, sampling, failures: [...failures.values()] }
    sampling = retry.sampling
    await pause(retry.waitMs, run.options.signal)
  }
}
