import { type Logistic, logistic } from '../../inference/logistic.ts'

/**
 * Logistic regression of shares, 0 to 1, by Newton's method on the cross-entropy. It begins at 0, where
 * the curvature is greatest and no step too long; from 1 it ran away where the slope is far from 1.
 */
export function fitLogistic(points: readonly { x: number; share: number }[]): Logistic {
  let slope = 0
  let offset = 0
  for (let round = 0; round < 50; round++) {
    // Gradient and curvature, with a little of the identity to keep the system solvable.
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-6, 0, 1e-6]
    for (const { x, share } of points) {
      const p = logistic({ slope, offset }, x)
      const weight = p * (1 - p)
      g0 += p - share
      g1 += (p - share) * x
      h00 += weight
      h01 += weight * x
      h11 += weight * x * x
    }
    const determinant = h00 * h11 - h01 * h01
    offset -= (h11 * g0 - h01 * g1) / determinant
    slope -= (h00 * g1 - h01 * g0) / determinant
  }
  return { slope, offset }
}
