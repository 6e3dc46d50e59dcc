import { nameColor } from './name-color.ts'
import type { ReducedPicture } from './reduce-picture.ts'

export type ColorShare = { name: string; share: number }

/** A colour on less than this part of a picture is not worth a word. */
const minShare = 0.05

/** Up to three colours that cover most of the picture, the largest first. */
export function listColors({ values }: Pick<ReducedPicture, 'values'>): ColorShare[] {
  const cells = values.length / 3
  const counts = new Map<string, number>()
  for (let at = 0; at < values.length; at += 3) {
    const name = nameColor(values[at], values[at + 1], values[at + 2])
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const colors = [...counts].map(([name, count]) => ({ name, share: count / cells }))
  const large = colors.filter(({ share }) => share >= minShare)
  return (large.length > 0 ? large : colors).toSorted(bySize).slice(0, 3)
}

/** Equal shares go by name, so that the answer does not depend on where a colour stands. */
const bySize = (p: ColorShare, q: ColorShare): number =>
  q.share - p.share || (p.name < q.name ? -1 : 1)
