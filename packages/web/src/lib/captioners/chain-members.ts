import type { CaptionerInfo, Chain, Style } from '@descry/contract'

/** A captioner of the chain, and the styles it is asked for there. */
export type ChainMember = { captioner: CaptionerInfo; styles: readonly Style[] }

/**
 * Which captioners are asked, in which order, when a request names none. One that does not see stands
 * in for no other: it is a member only if there is nothing else. A step whose captioner was removed is
 * left out.
 */
export function chainMembers(
  chain: Chain | null,
  captioners: readonly CaptionerInfo[],
): ChainMember[] {
  if (!chain) {
    const seeing = captioners.filter(({ sees }) => sees)
    const members = seeing.length > 0 ? seeing : captioners
    return members.map((captioner) => ({ captioner, styles: captioner.styles }))
  }
  return chain.steps.flatMap(({ captioner: name, styles }) => {
    const captioner = captioners.find((each) => each.name === name)
    if (!captioner) return []
    return {
      captioner,
      styles: captioner.styles.filter((style) => styles?.includes(style) ?? true),
    }
  })
}

/** A captioner may try several models: it names the others `captioner#model`. */
export const captionerOf = (name: string): string => name.replace(/#.*$/, '')
