/** A repeatable source of chance. With `DESCRY_TEST_SEED` a run that failed is repeated. */
export function seededRandom() {
  const seed = Number(process.env.DESCRY_TEST_SEED ?? Math.floor(Math.random() * 1e9))
  let state = seed
  /** Mulberry32: small, and good enough to choose moments. */
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { seed, between: (low: number, high: number) => low + random() * (high - low) }
}

/** How often something is done: little by default, and as often as DESCRY_TEST_COUNT says. */
export const countOf = (few: number): number => Number(process.env.DESCRY_TEST_COUNT ?? few)
