import type { TraceStep } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import type { CaptionerFailure } from '../captioner/captioner-failure.ts'
import type { Attempt } from './attempt.ts'

type When = { startedAt: Date; number: number }

export function toTraceStep(
  { name, modelVersion }: Captioner,
  attempt: Attempt,
  { startedAt, number }: When,
): TraceStep {
  const { kind, waitedMs, ms, usage, cost } = attempt
  const asked = kind === 'done' || (kind === 'failed' && attempt.asked)
  return {
    captioner: name,
    model: modelVersion,
    attempt: asked ? number : 0,
    startedAt: startedAt.toISOString(),
    ms,
    waitedMs,
    outcome: outcomeOf(attempt),
    ...('failure' in attempt && describe(attempt.failure)),
    ...(kind === 'done' && attempt.note !== undefined && { reason: attempt.note }),
    ...usage,
    ...(cost !== undefined && { cost }),
  }
}

/** Of a captioner that this request must not be sent to. */
export const toSkippedStep = ({ name, modelVersion }: Captioner, reason: string): TraceStep => ({
  captioner: name,
  model: modelVersion,
  attempt: 0,
  startedAt: new Date().toISOString(),
  ms: 0,
  waitedMs: 0,
  outcome: 'skipped',
  reason,
})

const outcomeOf = (attempt: Attempt): TraceStep['outcome'] => {
  if (attempt.kind === 'done') return 'done'
  return attempt.kind === 'cooling' ? 'skipped' : attempt.failure.outcome
}

const describe = ({ message, status, reply }: CaptionerFailure) => ({
  reason: message,
  ...(status !== undefined && { status }),
  ...(reply !== undefined && { reply }),
})
