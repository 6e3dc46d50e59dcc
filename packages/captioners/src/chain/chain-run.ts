import type { Price, Sampling, TraceStep } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import type { ChainInput, ChainOptions } from './chain-request.ts'
import type { ChainState } from './chain-state.ts'
import type { Step } from './plan-steps.ts'
import type { PreparedImage } from './prepare-image.ts'

/** One caption in the making. */
export type ChainRun = {
  state: ChainState
  input: ChainInput
  options: ChainOptions
  prepared: PreparedImage
  /** The captioner that the request's own key is for: no other provider must see it. */
  first: Captioner | undefined
  /** The caller's signal and the chain's deadline. */
  signal: AbortSignal
  /** Both of `performance.now()`. */
  started: number
  deadline: number
  trace: TraceStep[]
  /** US dollars. */
  spent: number
}

/** One request to one captioner. */
export type Call = Pick<Step, 'captioner' | 'configured'> & {
  sampling: Sampling
  /** No other captioner comes after it. */
  isLast: boolean
}

export const timeLeft = ({ deadline }: ChainRun): number => deadline - performance.now()

/** What may be waited for a captioner that needs a pause. */
export const longestWait = (run: ChainRun): number =>
  Math.min(run.options.longestWaitMs ?? LONGEST_WAIT_MS, timeLeft(run))

const LONGEST_WAIT_MS = 30_000

/** The request's own key, where it is meant for this captioner. */
export const apiKeyOf = (
  { input, first }: ChainRun,
  { configured }: Pick<Call, 'configured'>,
): string | undefined => (configured === first ? input.apiKey : undefined)

/** Nothing where it costs us nothing, as with the request's own key. */
export const priceOf = (
  run: ChainRun,
  call: Pick<Call, 'captioner' | 'configured'>,
): Price | undefined => (apiKeyOf(run, call) === undefined ? call.captioner.price : undefined)

/** The run is over because of its deadline, not because of its caller. */
export const isTimeUp = ({ signal, options }: ChainRun): boolean =>
  signal.aborted && !options.signal.aborted
