import { outcomes, type Trace } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import { chainFailure, type Miss } from './chain-failure.ts'
import type { ChainInput, ChainOptions, ChainResult } from './chain-request.ts'
import type { ChainRun } from './chain-run.ts'
import type { ChainState } from './chain-state.ts'
import { planSteps, type Step } from './plan-steps.ts'
import { prepareImage } from './prepare-image.ts'
import { runStep, type StepResult } from './run-step.ts'
import { toSkippedStep } from './trace-step.ts'
import { roundMs } from './wait.ts'

type Request = { captioners: readonly Captioner[]; input: ChainInput; options: ChainOptions }

/**
 * Asks the captioners one after the other, each with its fallbacks after it, until one gives a caption.
 * Fails with `CaptionerFailure`, or with the reason of the caller's signal.
 */
export async function runChain(
  state: ChainState,
  { captioners, input, options }: Request,
): Promise<ChainResult> {
  const { signal, timeoutMs = 180_000, mayLeave } = options
  const steps = planSteps(captioners, { style: input.style, mayLeave })
  signal.throwIfAborted()
  const started = performance.now()
  return runSteps(steps, {
    ...{ state, input, options, started },
    signal: AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(timeoutMs))]),
    deadline: started + timeoutMs,
    prepared: prepareImage(input),
    first: captioners[0],
    trace: [],
    spent: 0,
  })
}

async function runSteps(steps: readonly Step[], run: ChainRun): Promise<ChainResult> {
  const misses: Miss[] = []
  const late = new Set<Captioner>()
  const last = steps.findLast(({ skip }) => skip === undefined)

  for (const step of steps) {
    const { captioner, configured } = step
    const { name } = captioner
    const skip =
      step.skip ?? (late.has(configured) && last?.configured !== configured ? LATE : undefined)
    if (skip !== undefined) {
      run.trace.push(toSkippedStep(captioner, skip))
      misses.push({ captioner: name, kind: 'skipped', reason: skip })
      continue
    }
    // Behind the last one there is the queue, where there is one: its place is not for waiting.
    const isLast = step === last && !run.options.hasQueue
    const result = await runStep(run, { captioner, configured, isLast })
    const { attempt, failures, sampling } = result
    if (attempt.kind === 'done') {
      return { output: attempt.output, captioner, sampling, trace: traceOf(run) }
    }
    for (const failure of failures) misses.push({ captioner: name, kind: 'failed', failure })
    if (attempt.kind === 'cooling') {
      misses.push({ captioner: name, kind: 'cooling', failure: attempt.failure })
    }
    if (attempt.failure.outcome === 'timed-out') late.add(configured)
    if (!mayGoOn(run, result)) break
  }
  throw chainFailure(misses, traceOf(run))
}

/** So that a dead provider costs one deadline, and not one for each of its models. */
const LATE = 'It is of the same provider, which does not answer in time.'

function mayGoOn({ options, signal }: ChainRun, { attempt }: StepResult): boolean {
  if (signal.aborted) return false
  if (attempt.kind !== 'failed') return true
  const { fallThrough } = outcomes[attempt.failure.outcome]
  return fallThrough === 'if-allowed' ? options.fallThroughRefusals === true : fallThrough === 'yes'
}

const traceOf = ({ trace, spent, started }: ChainRun): Trace => ({
  steps: trace,
  ms: roundMs(performance.now() - started),
  cost: spent,
})
