/** Numbers from 0 (included) to 1 (not included). */
export type Random = () => number

/**
 * A repeatable source of randomness: the same seeds give the same numbers, other seeds unrelated ones. Cheap
 * to make, so a step of a training run makes its own from (seed, epoch, step) and needs no memory of
 * what was drawn before.
 * Source: Mulberry32 by T. Ettinger (public domain); seeds are mixed by the finalizer of MurmurHash3.
 */
export function createRandom(...seeds: readonly number[]): Random {
  const halves = seeds.flatMap((seed) => [seed, Math.floor(seed / 2 ** 32)])
  let state = halves.reduce((hash, half) => mix(Math.imul(hash, 31) + half), 0x9e3779b9)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** In place, every order equally likely. Source: Fisher & Yates, in Durstenfeld's form (1964). */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const item = items[i]!
    items[i] = items[j]!
    items[j] = item
  }
  return items
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
