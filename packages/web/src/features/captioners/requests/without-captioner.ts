import type { CaptioningRules } from '@descry/contract'

/**
 * The rules without a captioner that goes: out of the chain, and out of those that may be shown pictures,
 * so that another one of its name is not. A chain of nobody is the usual order. The same object, if it is
 * not in them.
 */
export function removeCaptionerFromRules(rules: CaptioningRules, name: string): CaptioningRules {
  const { chain, privacy } = rules
  const steps = chain?.steps.filter(({ captioner }) => captioner !== name) ?? []
  const captioners = privacy.captioners.filter((captioner) => captioner !== name)
  const isInChain = chain !== null && steps.length < chain.steps.length
  if (!isInChain && captioners.length === privacy.captioners.length) return rules
  return {
    ...rules,
    chain: chain && steps.length > 0 ? { ...chain, steps } : null,
    privacy: { ...privacy, captioners },
  }
}
