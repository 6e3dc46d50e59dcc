import type { Caption } from '@descry/contract'

/** Parts what stands now from what a newer caption took the place of. Both newest first. */
export function currentCaptions(captions: readonly Caption[]): {
  current: Caption[]
  earlier: Caption[]
} {
  const superseded = new Set(captions.map(({ supersedes }) => supersedes))
  return {
    current: captions.filter(({ id }) => !superseded.has(id)),
    earlier: captions.filter(({ id }) => superseded.has(id)),
  }
}
