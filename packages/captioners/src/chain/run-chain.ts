import { outcomes, type Trace } from '@descry/contract'
import { TimeoutStrategy, timeout } from 'cockatiel'
import type { Captioner } from '../captioner/captioner.ts'
import { type Asked, askTarget } from './ask-target.ts'
import { ChainFailure, type Miss } from './chain-failure.ts'
import type { ChainOptions, ChainResult, ChainWish } from './chain-request.ts'
import type { ChainRun } from './chain-run.ts'
import type { ChainState } from './chain-state.ts'
import { listTargets, requireSight, type Target } from './list-targets.ts'
import { prepareImage } from './prepare-image.ts'
import { toSkippedStep } from './to-trace-step.ts'

type Request = { steps: readonly Captioner[]; wish: ChainWish; options: ChainOptions }

/**
 * Asks the captioners one after the other, each step's fallbacks after it, until one gives a caption.
 * Fails with `ChainFailure`, or with the reason of the caller's signal.
 */
export async function runChain(
  state: ChainState,
  { steps, wish, options }: Request,
): Promise<ChainResult> {
  requireSight(steps)
  options.signal.throwIfAborted()
  const { timeoutMs = 180_000, mayLeave } = options
  const targets = listTargets(steps, { style: wish.style, mayLeave })
  const started = performance.now()
  return timeout(timeoutMs, TimeoutStrategy.Cooperative).execute(
    ({ signal }) =>
      askEach(targets, {
        ...{ state, wish, options, signal, started },
        deadline: started + timeoutMs,
        prepared: prepareImage(wish),
        first: steps[0],
        steps: [],
        spent: 0,
      }),
    options.signal,
  )
}

async function askEach(targets: readonly Target[], run: ChainRun): Promise<ChainResult> {
  const misses: Miss[] = []
  const late = new Set<Captioner>()
  const last = targets.findLast(isAllowed)

  for (const target of targets) {
    const { captioner, step } = target
    const { name } = captioner
    const reason = target.leftOut ?? (late.has(step) && last?.step !== step ? SAME : undefined)
    if (reason !== undefined) {
      run.steps.push(toSkippedStep(captioner, reason))
      misses.push({ captioner: name, kind: 'skipped', reason })
      continue
    }
    const asked = await askTarget(run, { captioner, step, isLast: target === last })
    const { attempt, failures, sampling } = asked
    if (attempt.kind === 'done') {
      return { output: attempt.output, captioner, sampling, trace: traceOf(run) }
    }
    for (const failure of failures) misses.push({ captioner: name, kind: 'failed', failure })
    if (attempt.kind === 'cooling') {
      misses.push({ captioner: name, kind: 'cooling', failure: attempt.failure })
    }
    if (attempt.failure.outcome === 'timed-out') late.add(step)
    if (!mayGoOn(run, asked)) break
  }
  throw new ChainFailure(misses, traceOf(run))
}

const isAllowed = ({ leftOut }: Target) => leftOut === undefined

/** So that a dead provider costs one deadline, and not one for each of its models. */
const SAME = 'It is of the same provider, which does not answer in time.'

function mayGoOn({ options, signal }: ChainRun, { attempt }: Asked): boolean {
  if (signal.aborted) return false
  if (attempt.kind !== 'failed') return true
  const { fallThrough } = outcomes[attempt.failure.outcome]
  return fallThrough === 'if-allowed' ? options.fallThroughRefusals === true : fallThrough === 'yes'
}

const traceOf = ({ steps, spent, started }: ChainRun): Trace => ({
  steps,
  ms: Math.round((performance.now() - started) * 10) / 10,
  cost: spent,
})
