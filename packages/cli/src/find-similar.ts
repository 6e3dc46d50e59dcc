/** The word that was probably meant by one that is not there: begun the same, or a slip or two away. */
export function findSimilar(word: string, known: readonly string[]): string | undefined {
  const begun = known.filter((candidate) => word.length >= 2 && candidate.startsWith(word))
  if (begun.length === 1) return begun[0]
  const [nearest] = known
    .map((candidate) => ({ candidate, slips: countSlips(word.toLowerCase(), candidate) }))
    .filter(({ candidate, slips }) => slips <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.slips - b.slips)
  return nearest?.candidate
}

/** ` Did you mean caption?`, to follow a sentence that says what is not there; nothing for no idea. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const similar = findSimilar(word, known)
  return similar === undefined ? '' : ` Did you mean ${similar}?`
}

/**
 * Characters to insert, delete, replace or swap with their neighbour until one word is the other: the
 * restricted edit distance of Damerau and Levenshtein.
 */
function countSlips(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, j) => j)]
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(i - 1, j - 1) + Number(from[i - 1] !== to[j - 1])
      const isSwapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const swapped = isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped))
    }
  }
  return at(from.length, to.length)
}
