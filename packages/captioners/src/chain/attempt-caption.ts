import type { Usage } from '@descry/contract'
import type { CaptionOutput } from '../captioner/captioner.ts'
import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { type Answer, askCaptioner } from './ask-captioner.ts'
import type { Cooling } from './breaker.ts'
import { apiKeyOf, type ChainRun, isTimeUp, priceOf, type Question, timeLeft } from './chain-run.ts'
import { costOfAnswer, costOfFailure } from './cost-of.ts'
import { type Entered, enterCaptioner } from './enter-captioner.ts'
import { judgeWords } from './judge.ts'

/** How asking a captioner once went. `cooling`: it is being left alone, and was not asked. */
export type Attempt = {
  waitedMs: number
  ms: number
  usage?: Usage | undefined
  /** US dollars; absent: it has no price for us. */
  cost?: number | undefined
} & (
  | { kind: 'done'; output: CaptionOutput & { ms: number } }
  | { kind: 'failed'; failure: CaptionerFailure; asked: boolean }
  | { kind: 'cooling'; failure: CaptionerFailure }
)

/** Asks a captioner once. Rejects only with the reason of the caller's signal, or with a bug. */
export async function attemptCaption(run: ChainRun, question: Question): Promise<Attempt> {
  const started = performance.now()
  const passed = () => round(performance.now() - started)
  try {
    for (;;) {
      const entered = await enterCaptioner(run, question)
      const waitedMs = passed()
      if ('cooling' in entered) return { ...toCooling(question, entered.cooling), waitedMs }
      const attempt = await ask(run, question, entered)
      if (attempt.kind !== 'cooling' || !question.isLast) return { ...attempt, waitedMs }
      // It began to fail while we were on our way to it: now it is waited for, as at the start.
    }
  } catch (error) {
    return {
      kind: 'failed',
      failure: toFailure(run, error),
      asked: false,
      waitedMs: passed(),
      ms: 0,
    }
  }
}

type Unwaited<Kinds> = Kinds extends unknown ? Omit<Kinds, 'waitedMs'> : never

async function ask(
  run: ChainRun,
  question: Question,
  { image, leave }: Entered,
): Promise<Unwaited<Attempt>> {
  const { state, wish, options, signal } = run
  const { captioner, sampling, isLast } = question
  const timeoutMs = deadlineOf(run, question)
  const { breaker } = state.stateOf(captioner)
  const bill = billOf(run, question)
  const started = performance.now()
  let cost = bill('nothing')
  try {
    const answer = await breaker.run(
      async () => {
        signal.throwIfAborted() // it may have waited while another one tried
        if (captioner.sendsPixelsTo !== null) await options.onSend?.(captioner)
        cost = bill({ failure: cutOff })
        const input = { ...wish, ...image, sampling, apiKey: apiKeyOf(run, question) }
        return askCaptioner(captioner, input, { signal, timeoutMs })
      },
      { isLast, signal },
    )
    if ('cooling' in answer) return toCooling(question, answer.cooling)
    cost = bill(answer)
    if ('failure' in answer) {
      return { kind: 'failed', failure: answer.failure, asked: true, ms: answer.ms, cost }
    }
    return { ...(await judge(run, question, answer)), cost }
  } catch (error) {
    const ms = round(performance.now() - started)
    return { kind: 'failed', failure: toFailure(run, error), asked: true, ms, cost }
  } finally {
    const left = leave(cost)
    if (!signal.aborted) await left
  }
}

/** Its own; of the chain's time it leaves a quarter to those behind it. */
function deadlineOf(
  run: ChainRun,
  { captioner: { timeoutMs = 60_000 }, isLast }: Question,
): number {
  return isLast ? timeoutMs : Math.min(timeoutMs, 0.75 * timeLeft(run))
}

async function judge(
  { wish, options }: ChainRun,
  { captioner }: Question,
  { output, ms }: Extract<Answer, { output: CaptionOutput }>,
): Promise<Unwaited<Attempt>> {
  const { usage } = output
  const verdict = await judgeWords(options.judge)(output, wish)
  if (verdict.kind === 'pass') {
    return { kind: 'done', output: { ...output, text: verdict.text, ms }, ms, usage }
  }
  const message = `The answer of ${captioner.name} is no caption: ${verdict.reason}`
  const failure = new CaptionerFailure(verdict.outcome, message, { reply: output.text })
  return { kind: 'failed', failure, asked: true, ms, usage }
}

/** What an answer costs us. */
function billOf(run: ChainRun, { sampling, ...target }: Question) {
  const price = priceOf(run, target)
  if (!price) return () => undefined
  const question = { prompt: run.wish.prompt, sampling }
  return (
    answer: 'nothing' | { output: CaptionOutput } | { failure: Pick<CaptionerFailure, 'outcome'> },
  ): number => {
    if (answer === 'nothing') return 0
    if ('failure' in answer) return costOfFailure(price, question, answer.failure.outcome)
    return costOfAnswer(price, question, answer.output)
  }
}

/** Of a request that its caller ended: the provider may go on, and bill it. */
const cutOff = { outcome: 'timed-out' } as const

function toCooling({ captioner: { name } }: Question, { failure, waitMs }: Cooling) {
  const again = waitMs > 0 ? `for ${Math.ceil(waitMs / 1000)} seconds more` : 'while it is tried'
  const message = `${name} is left alone ${again}: ${failure.message}`
  return {
    kind: 'cooling',
    failure: new CaptionerFailure(failure.outcome, message, {
      cause: failure,
      retryAfterMs: waitMs,
    }),
    ms: 0,
  } as const
}

function toFailure(run: ChainRun, error: unknown): CaptionerFailure {
  if (error instanceof CaptionerFailure) return error
  if (!isTimeUp(run)) throw error
  return new CaptionerFailure('timed-out', 'The time for the whole chain is over.')
}

const round = (milliseconds: number) => Math.round(milliseconds * 10) / 10
