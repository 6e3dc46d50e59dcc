import type { CaptioningRules } from '@descry/contract'

/**
 * The rules without a captioner: it is removed from the chain, and from those that images may be sent to,
 * so that a later captioner with its name is not allowed by accident. An empty chain becomes the default
 * order. Rules that do not name it are returned as they are.
 */
export function removeFromRules(rules: CaptioningRules, name: string): CaptioningRules {
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
