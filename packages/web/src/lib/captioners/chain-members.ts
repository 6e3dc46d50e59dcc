import type { CaptionerInfo, Chain, Style } from '@descry/contract'

/** A captioner in the order of asking, and what it is asked for there. */
export type ChainMember = { captioner: CaptionerInfo; styles: readonly Style[] }

/**
 * Who is asked when a request names no captioner. `basic` never stands in for another: it is there only
 * when it is alone. A step whose captioner is gone asks nobody.
 */
export function chainMembers(
  chain: Chain | null,
  captioners: readonly CaptionerInfo[],
): ChainMember[] {
  if (chain) {
    return chain.steps.flatMap(({ captioner: name, styles }) => {
      const captioner = captioners.find((each) => each.name === name)
      if (!captioner) return []
      return {
        captioner,
        styles: captioner.styles.filter((style) => styles?.includes(style) ?? true),
      }
    })
  }
  const seeing = captioners.filter(({ kind }) => kind !== 'basic')
  return (seeing.length > 0 ? seeing : captioners).map((captioner) => ({
    captioner,
    styles: captioner.styles,
  }))
}
