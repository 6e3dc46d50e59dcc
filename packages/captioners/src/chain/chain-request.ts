import type { Budgets, Sampling, Trace } from '@descry/contract'
import type { Captioner, CaptionInput, CaptionOutput } from '../captioner/captioner.ts'
import type { Check, CheckedInput } from './check-answer.ts'

/**
 * A picture as it is kept, and what is wanted of it. What is not said is as each captioner has it. A
 * key that the request brings is shown to the first captioner only, and to its fallbacks.
 */
export type ChainInput = Omit<CaptionInput, 'sampling'> & CheckedInput & { sampling?: Sampling }

export type ChainOptions = {
  /** Whose limits and budget count. */
  organizationId: string
  signal: AbortSignal
  /** Deadline of the whole chain, waiting included. */
  timeoutMs?: number
  /**
   * The longest single wait for a captioner that asked for a pause, or that is in its cooldown when
   * nobody else can be asked; where it would be longer, the run goes on or fails at once. 30 s: right for
   * a job. Less is right where a person waits.
   */
  longestWaitMs?: number
  /** The longest wait for a limit per minute to begin anew. Absent: as long as the chain has time. */
  longestLimitWaitMs?: number
  /**
   * The caller comes back later by itself. It is not kept waiting for the end of a cooldown, of another's
   * trial, or for a host where nobody listens.
   */
  hasQueue?: boolean
  /** Ask the next captioner when one refused the image or a filter blocked it. */
  fallThroughRefusals?: boolean
  /** Absent: the quality gate. */
  check?: Check
  /** Asked of those that send pixels away: may this image go there? Absent: yes. */
  mayLeave?: (captioner: Captioner) => boolean
  /** Told before each request that sends the image away, and waited for; if it fails, nothing is sent. */
  onSend?: (captioner: Captioner) => Promise<void>
  /**
   * Runs of the same key at the same time are one run: the captioner is asked, and paid, once. Absent:
   * nobody else may have the answer.
   */
  key?: string
  budgets?: Budgets
  /** The job this caption belongs to: its costs are counted together. Without one, `perJob` says nothing. */
  jobId?: string
}

export type ChainResult = {
  output: CaptionOutput & { ms: number }
  captioner: Captioner
  /** What it was asked with in the end. */
  sampling: Sampling
  trace: Trace
  /** Another run of the same key had begun to ask: nothing was asked, or paid, for this one. */
  joined?: true
}
