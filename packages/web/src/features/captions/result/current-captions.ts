import { type Caption, Style } from '@descry/contract'

/**
 * Parts what stands now from what a newer caption took the place of. What stands is ordered by
 * style, so that a card keeps its place; otherwise the newest comes first.
 */
export function currentCaptions(captions: readonly Caption[]): {
  current: Caption[]
  earlier: Caption[]
} {
  const superseded = new Set(captions.map(({ supersedes }) => supersedes))
  return {
    current: captions
      .filter(({ id }) => !superseded.has(id))
      .sort((one, other) => place(one) - place(other)),
    earlier: captions.filter(({ id }) => superseded.has(id)),
  }
}

const place = ({ style }: Caption) => Style.options.indexOf(style)
