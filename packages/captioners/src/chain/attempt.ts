import type { Usage } from '@descry/contract'
import type { Captioner, CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { describePrefix, prefixedTrigger } from '../captioner/trigger-prefix.ts'
import { type Admitted, admit } from './admit.ts'
import { type Answer, ask } from './ask.ts'
import type { Cooldown } from './breaker.ts'
import type { ChainInput } from './chain-request.ts'
import { apiKeyOf, type Call, type ChainRun, isTimeUp, priceOf, timeLeft } from './chain-run.ts'
import { checkAnswer, checkPrefixed } from './check-answer.ts'
import { costOfAnswer, costOfFailure } from './cost.ts'
import { roundMs } from './wait.ts'

/** How one call of a captioner went. `cooling`: it is in its cooldown, and was not asked. */
export type Attempt = {
  waitedMs: number
  ms: number
  usage?: Usage | undefined
  /** US dollars; absent: it has no price for us. */
  cost?: number | undefined
} & (
  | {
      kind: 'done'
      output: CaptionOutput & { ms: number }
      /** What was done to the caption that people should know. */
      note?: string | undefined
    }
  | { kind: 'failed'; failure: CaptionerFailure; asked: boolean }
  | { kind: 'cooling'; failure: CaptionerFailure }
)

/** One call: admit, ask, check. Rejects only with the reason of the caller's signal, or with a bug. */
export async function attempt(run: ChainRun, call: Call): Promise<Attempt> {
  const started = performance.now()
  const passed = () => roundMs(performance.now() - started)
  try {
    for (;;) {
      const admitted = await admit(run, call)
      const waitedMs = passed()
      if ('cooldown' in admitted) return { ...toCooling(call, admitted.cooldown), waitedMs }
      const attempt = await askAndCheck(run, call, admitted)
      if (attempt.kind !== 'cooling' || !call.isLast) return { ...attempt, waitedMs }
      // It began to fail while we were on our way to it: its cooldown is waited for, as at the start.
    }
  } catch (error) {
    const failure = toFailure(run, error)
    return { kind: 'failed', failure, asked: false, waitedMs: passed(), ms: 0 }
  }
}

type WithoutWait<Kinds> = Kinds extends unknown ? Omit<Kinds, 'waitedMs'> : never

async function askAndCheck(
  run: ChainRun,
  call: Call,
  { settle }: Admitted,
): Promise<WithoutWait<Attempt>> {
  const { state, input, options, prepared, signal } = run
  const { captioner, sampling, isLast } = call
  const timeoutMs = deadlineOf(run, call)
  const costOf = costsOf(run, call)
  const started = performance.now()
  const { breaker } = state.stateOf(captioner)
  let cost = costOf(undefined)
  try {
    const answer = await breaker.run(
      async () => {
        signal.throwIfAborted() // it may have waited for the trial of another request
        if (captioner.sendsPixelsTo !== null) await options.onSend?.(captioner)
        cost = costOf(CUT_OFF)
        const asked = { ...askedInput(input, captioner), sampling, apiKey: apiKeyOf(run, call) }
        return ask(captioner, asked, { signal, timeoutMs, prepared })
      },
      { isLast, signal },
    )
    if ('cooldown' in answer) return toCooling(call, answer.cooldown)
    tellChange(run, captioner)
    cost = costOf(answer)
    if ('failure' in answer) {
      return { kind: 'failed', failure: answer.failure, asked: true, ms: answer.ms, cost }
    }
    return { ...(await check(run, call, answer)), cost }
  } catch (error) {
    const ms = roundMs(performance.now() - started)
    return { kind: 'failed', failure: toFailure(run, error), asked: true, ms, cost }
  } finally {
    const settled = settle(cost)
    if (!signal.aborted) await settled
  }
}

/** In the background: a caption does not wait for those who want to know. */
function tellChange({ state, options }: ChainRun, captioner: Captioner): void {
  const known = state.stateOf(captioner)
  const now = known.breaker.describe()
  if (now.status === known.told.status && now.until === known.told.until) return
  known.told = now
  const { organizationId } = options
  state.background.add(state.onChange({ organizationId, name: captioner.name, state: now }))
}

/** Its own; of the chain's time it leaves a quarter to those behind it. */
function deadlineOf(run: ChainRun, { captioner: { timeoutMs = 60_000 }, isLast }: Call): number {
  return isLast ? timeoutMs : Math.min(timeoutMs, 0.75 * timeLeft(run))
}

async function check(
  { input, options }: ChainRun,
  { captioner }: Call,
  { output, ms }: Extract<Answer, { output: CaptionOutput }>,
): Promise<WithoutWait<Attempt>> {
  const { usage } = output
  const trigger = prefixedTrigger(captioner, input)
  const verdict =
    trigger === undefined
      ? await checkAnswer(output, input, options.check)
      : await checkPrefixed(output, { ...input, trigger }, options.check)
  if (verdict.kind === 'pass') {
    const note = trigger === undefined ? undefined : describePrefix(captioner.name, trigger)
    return { kind: 'done', output: { ...output, text: verdict.text, ms }, ms, usage, note }
  }
  const message = `The answer of ${captioner.name} is no caption: ${verdict.reason}`
  const failure = new CaptionerFailure(verdict.outcome, message, { reply: output.text })
  return { kind: 'failed', failure, asked: true, ms, usage }
}

/** One that takes no prompt knows no training captions: it is asked for a sentence. */
const askedInput = (input: ChainInput, captioner: Captioner): ChainInput =>
  prefixedTrigger(captioner, input) === undefined ? input : { ...input, style: 'concise' }

type Costly = { output: CaptionOutput } | { failure: Pick<CaptionerFailure, 'outcome'> }

/** US dollars for an answer, or for none yet; nothing where the captioner has no price. */
function costsOf(run: ChainRun, call: Call): (answer: Costly | undefined) => number | undefined {
  const price = priceOf(run, call)
  if (!price) return () => undefined
  const { prompt } = run.input
  return (answer) => {
    if (!answer) return 0
    if ('failure' in answer) return costOfFailure(price, prompt, answer.failure.outcome)
    return costOfAnswer(price, prompt, answer.output)
  }
}

/** Of a request that its caller ended: the provider may go on, and bill it. */
const CUT_OFF = { failure: { outcome: 'timed-out' } } as const

function toCooling({ captioner: { name } }: Call, { failure, waitMs }: Cooldown) {
  const again =
    waitMs > 0 ? `for ${Math.ceil(waitMs / 1000)} seconds more` : 'while another request tries it'
  const message = `${name} is not asked ${again}, because it failed: ${failure.message}`
  return {
    kind: 'cooling',
    failure: new CaptionerFailure(failure.outcome, message, {
      cause: failure,
      ...(waitMs > 0 && { retryAfterMs: waitMs }), // how long a trial takes, nobody knows
    }),
    ms: 0,
  } as const
}

function toFailure(run: ChainRun, error: unknown): CaptionerFailure {
  if (error instanceof CaptionerFailure) return error
  if (!isTimeUp(run)) throw error
  return new CaptionerFailure('timed-out', 'The time for the whole chain is over.')
}
