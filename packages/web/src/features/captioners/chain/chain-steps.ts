import type { CaptionerInfo, Chain } from '@descry/contract'
import { chainMembers } from '../../../lib/captioners/chain-members.ts'

export type Step = Chain['steps'][number]

/** The steps in effect: those of the custom chain, or the default order of all captioners that see. */
export function stepsOf(chain: Chain | null, captioners: readonly CaptionerInfo[]): Step[] {
  if (chain) return chain.steps
  return chainMembers(null, captioners)
    .filter(({ captioner }) => captioner.sees)
    .map(({ captioner }) => ({ captioner: captioner.name }))
}

/** Captioners that can be added: those that see and are not in the chain yet. */
export const findAddable = (steps: readonly Step[], captioners: readonly CaptionerInfo[]) =>
  captioners.filter(({ name, sees }) => sees && steps.every(({ captioner }) => captioner !== name))
