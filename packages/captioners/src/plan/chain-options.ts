import type { CaptioningRules } from '@descry/contract'
import type { ChainOptions } from '../chain/chain-request.ts'
import { isAllowed } from './is-allowed.ts'

type Asked = {
  jobId?: string | undefined
  /** US dollars that the request may cost; absent: only the rules say. */
  budget?: number | undefined
  /** US dollars that the request has cost already. */
  spent?: number
}

/** An organization's rules in the form that chains take. */
export function chainOptions(
  { chain, privacy, budgets }: CaptioningRules,
  { jobId, budget = Infinity, spent = 0 }: Asked,
): Omit<ChainOptions, 'organizationId' | 'signal'> {
  const perRequest = Math.min(budget, budgets.perRequest ?? Infinity)
  // Nobody waits for a job, so it has more time. Longer pauses it sits out in the queue, not in the chain.
  const timeoutMs = (chain?.timeoutSeconds ?? (jobId === undefined ? 180 : 600)) * 1000
  return {
    timeoutMs,
    longestWaitMs: 5000,
    ...(jobId !== undefined && { longestLimitWaitMs: 5000, hasQueue: true }),
    fallThroughRefusals: chain?.fallThroughRefusals ?? false,
    mayLeave: (captioner) => isAllowed(captioner, privacy),
    budgets: {
      ...budgets,
      ...(perRequest < Infinity && { perRequest: Math.max(0, perRequest - spent) }),
    },
    ...(jobId !== undefined && { jobId }),
  }
}
