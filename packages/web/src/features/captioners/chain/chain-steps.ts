import type { CaptionerInfo, Chain } from '@descry/contract'
import { chainMembers } from '../../../lib/captioners/chain-members.ts'

export type Step = Chain['steps'][number]

/** The steps that are in force: those that someone chose, or else the usual order of all that can see. */
export function stepsOf(chain: Chain | null, captioners: readonly CaptionerInfo[]): Step[] {
  if (chain) return chain.steps
  return chainMembers(null, captioners)
    .filter(({ captioner }) => captioner.kind !== 'basic')
    .map(({ captioner }) => ({ captioner: captioner.name }))
}

/** Captioners that can be added: they see, and are not in the chain yet. */
export const missingFrom = (steps: readonly Step[], captioners: readonly CaptionerInfo[]) =>
  captioners.filter(
    ({ name, kind }) => kind !== 'basic' && steps.every(({ captioner }) => captioner !== name),
  )
