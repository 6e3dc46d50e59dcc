import { type Caption, Style } from '@descry/contract'

/**
 * Separates current captions from those that a newer one superseded. Current ones are ordered by style, so
 * that each card keeps its position; apart from that, the newest comes first.
 */
export function currentCaptions(captions: readonly Caption[]): {
  current: Caption[]
  earlier: Caption[]
} {
  const superseded = new Set(captions.map(({ supersedes }) => supersedes))
  return {
    current: captions
      .filter(({ id }) => !superseded.has(id))
      .sort((one, other) => styleIndex(one) - styleIndex(other)),
    earlier: captions.filter(({ id }) => superseded.has(id)),
  }
}

const styleIndex = ({ style }: Caption) => Style.options.indexOf(style)
