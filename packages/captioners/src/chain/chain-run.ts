import type { Price, Sampling, TraceStep } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import type { ChainOptions, ChainWish } from './chain-request.ts'
import type { ChainState } from './chain-state.ts'
import type { Target } from './list-targets.ts'
import type { PreparedImage } from './prepare-image.ts'

/** One caption in the making. */
export type ChainRun = {
  state: ChainState
  wish: ChainWish
  options: ChainOptions
  prepared: PreparedImage
  /** The step that the request's own key is for: no other provider must see it. */
  first: Captioner | undefined
  /** The caller's signal and the chain's deadline. */
  signal: AbortSignal
  /** Both of `performance.now()`. */
  started: number
  deadline: number
  steps: TraceStep[]
  /** US dollars. */
  spent: number
}

/** What one captioner is asked. */
export type Question = Pick<Target, 'captioner' | 'step'> & {
  sampling: Sampling
  /** No other captioner comes after it. */
  isLast: boolean
}

export const timeLeft = ({ deadline }: ChainRun): number => deadline - performance.now()

/** What may be waited for a captioner that needs a pause. */
export const longestWait = (run: ChainRun): number =>
  Math.min(run.options.longestWaitMs ?? LONGEST_WAIT_MS, timeLeft(run))

const LONGEST_WAIT_MS = 30_000

type Asked = Pick<Question, 'captioner' | 'step'>

/** The request's own key, where it is meant for this captioner. */
export const apiKeyOf = ({ wish, first }: ChainRun, { step }: Asked): string | undefined =>
  step === first ? wish.apiKey : undefined

/** Nothing where it costs us nothing, as with the request's own key. */
export const priceOf = (run: ChainRun, target: Asked): Price | undefined =>
  apiKeyOf(run, target) === undefined ? target.captioner.price : undefined

/** The run is over because of its deadline, not because of its caller. */
export const isTimeUp = ({ signal, options }: ChainRun): boolean =>
  signal.aborted && !options.signal.aborted
