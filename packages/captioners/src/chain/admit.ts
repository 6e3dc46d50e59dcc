import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { isRefused } from '../captioner/is-refused.ts'
import { acquireLease, allTaken, overBudget } from './acquire-lease.ts'
import type { Cooldown } from './breaker.ts'
import { type Call, type ChainRun, longestWait, priceOf, timeLeft } from './chain-run.ts'
import { worstCost } from './cost.ts'
import { pause, untilAborted } from './wait.ts'

/** Permission for one request. `settle` books what it cost, and never rejects. */
export type Admitted = { settle(cost: number | undefined): Promise<void> }

/**
 * Goes through everything that comes before a request, the cheap first: is the captioner in its
 * cooldown, can it take the image, does the budget bear it, is a slot free. Fails with
 * `CaptionerFailure`.
 */
export async function admit(run: ChainRun, call: Call): Promise<Admitted | { cooldown: Cooldown }> {
  const cooldown = await waitForCooldown(run, call)
  if (cooldown) return { cooldown }

  await untilAborted(run.prepared(call.captioner), run.signal) // before a slot is taken; `ask` finds it ready
  const worst = findWorst(run, call)
  const waitUntil = performance.now() + timeLeft(run) / (call.isLast ? 1 : 2)
  const release = await acquireSlot(run, call, waitUntil)
  try {
    const cooldown = await waitForCooldown(run, call) // it may have begun to fail meanwhile
    if (cooldown) {
      release()
      return { cooldown }
    }
    const lease = await acquireLease(run, { ...call, worst, waitUntil })
    return {
      async settle(cost) {
        await run.state.background.add(lease.settle(cost))
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

/**
 * The end of a cooldown is waited for only where nobody else can be asked, and not for long. Of one that
 * refuses connections, the first only: it is not coming back while somebody waits.
 */
async function waitForCooldown(
  run: ChainRun,
  { captioner, isLast }: Call,
): Promise<Cooldown | undefined> {
  const { breaker } = run.state.stateOf(captioner)
  const cooldown = breaker.findCooldown()
  if (!cooldown) return undefined
  if (!isLast || cooldown.waitMs > longestWait(run)) return cooldown
  const isGone = isRefused(cooldown.failure) && breaker.failingMs() >= run.state.timing.coolMs
  if (isGone) return cooldown
  await pause(cooldown.waitMs, run.signal)
  return undefined
}

/** The most the request can cost; nothing where it costs us nothing. */
function findWorst(run: ChainRun, call: Call): number | undefined {
  const { input, options, spent } = run
  const price = priceOf(run, call)
  if (!price) return undefined
  const worst = worstCost(price, { prompt: input.prompt, sampling: call.sampling })
  const left = (options.budgets?.perRequest ?? Number.POSITIVE_INFINITY) - spent
  if (worst > left) throw overBudget(call.captioner.name, { worst, left, scope: 'request' })
  return worst
}

/** Requests of this process wait here first, so that it alone never has to ask the store again and again. */
async function acquireSlot(
  { state, options, signal }: ChainRun,
  { captioner: { limits, name }, configured }: Call,
  waitUntil: number,
): Promise<() => void> {
  if (!limits?.parallel) return () => {}
  const slots = state.stateOf(configured).slotsOf(options.organizationId, limits.parallel)
  if (!slots.isFull) return slots.acquire(signal)

  const tooLong = AbortSignal.timeout(Math.max(0, Math.ceil(waitUntil - performance.now())))
  try {
    return await slots.acquire(AbortSignal.any([signal, tooLong]))
  } catch (error) {
    if (signal.aborted || !tooLong.aborted) throw error
    throw new CaptionerFailure('rate-limited', allTaken(name, limits.parallel))
  }
}
