/**
 * How the places of a square map become those of another, [to · to, from · from]: each new place is a mean
 * of the old ones around it, weighted by a triangle as wide as the coarser of the two grids. The rows sum to
 * 1, and a mirrored map becomes the mirror image of what the map becomes.
 */
export function resampleWeights(from: number, to: number): Float32Array {
  const along = Array.from({ length: to }, (_, i) => weightsOf(i, from, to))
  const weights = new Float32Array(to * to * from * from)
  for (let place = 0; place < to * to; place++) {
    const [row, column] = [along[Math.floor(place / to)]!, along[place % to]!]
    for (let old = 0; old < from * from; old++) {
      weights[place * from * from + old] = row[Math.floor(old / from)]! * column[old % from]!
    }
  }
  return weights
}

/** Of the old places of a line, for one new place of it. */
function weightsOf(place: number, from: number, to: number): number[] {
  const ratio = from / to
  const middle = (place + 0.5) * ratio
  const width = Math.max(1, ratio)
  const raw = Array.from({ length: from }, (_, j) =>
    Math.max(0, 1 - Math.abs(j + 0.5 - middle) / width),
  )
  const sum = raw.reduce((total, weight) => total + weight, 0)
  return raw.map((weight) => weight / sum)
}
