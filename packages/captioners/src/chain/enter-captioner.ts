import type { EncodedImage } from '@descry/ml'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import type { Cooling } from './breaker.ts'
import { type ChainRun, longestWait, priceOf, type Question, timeLeft } from './chain-run.ts'
import { worstCost } from './cost-of.ts'
import { pause } from './pause.ts'
import { allTaken, overBudget, takePlace } from './take-place.ts'
import { untilAborted } from './until-aborted.ts'

/** All is ready for one request. `leave` books what it cost, and never rejects. */
export type Entered = {
  image: EncodedImage
  leave(cost: number | undefined): Promise<void>
}

/**
 * Goes through everything that comes before a request, the cheap first: is the captioner left alone,
 * can it take the image, does the budget bear it, is it our turn. Fails with `CaptionerFailure`.
 */
export async function enterCaptioner(
  run: ChainRun,
  question: Question,
): Promise<Entered | { cooling: Cooling }> {
  const { state, signal } = run
  const { captioner, step } = question
  const cooling = await waitWhileAlone(run, question)
  if (cooling) return { cooling }

  const image = await untilAborted(run.prepared(captioner), signal)
  const worst = findWorst(run, question)
  const patience = performance.now() + timeLeft(run) / (question.isLast ? 1 : 2)
  const leaveLine = await enterLine(run, question, patience)
  try {
    const cooling = await waitWhileAlone(run, question) // it may have begun to fail meanwhile
    if (cooling) {
      leaveLine()
      return { cooling }
    }
    const place = await takePlace(run, { captioner, step, worst, patience })
    return {
      image,
      async leave(cost) {
        await state.background.add(place.settle(cost))
        leaveLine()
      },
    }
  } catch (error) {
    leaveLine()
    throw error
  }
}

/** One that is left alone is waited for only where nobody else can be asked, and not for long. */
async function waitWhileAlone(
  run: ChainRun,
  { captioner, isLast }: Question,
): Promise<Cooling | undefined> {
  const cooling = run.state.stateOf(captioner).breaker.findCooling()
  if (!cooling) return undefined
  if (!isLast || cooling.waitMs > longestWait(run)) return cooling
  await pause(cooling.waitMs, run.signal)
  return undefined
}

/** The most the request can cost; nothing where it costs us nothing. */
function findWorst(run: ChainRun, { sampling, ...target }: Question) {
  const { wish, options, spent } = run
  const price = priceOf(run, target)
  if (!price) return undefined
  const worst = worstCost(price, { prompt: wish.prompt, sampling })
  const left = (options.budgets?.perRequest ?? Number.POSITIVE_INFINITY) - spent
  if (worst > left) throw overBudget(target.captioner.name, { worst, left, scope: 'request' })
  return worst
}

/** The line of this process comes first, so that one process alone never has to look again and again. */
async function enterLine(
  { state, options, signal }: ChainRun,
  { captioner: { limits, name }, step }: Question,
  patience: number,
): Promise<() => void> {
  if (!limits?.parallel) return () => {}
  const line = state.stateOf(step).lineOf(options.organizationId, limits.parallel)
  if (!line.isFull) return line.enter(signal)

  const tired = AbortSignal.timeout(Math.max(0, Math.ceil(patience - performance.now())))
  try {
    return await line.enter(AbortSignal.any([signal, tired]))
  } catch (error) {
    if (signal.aborted || !tired.aborted) throw error
    throw new CaptionerFailure('rate-limited', allTaken(name, limits.parallel))
  }
}
