import { setImmediate } from 'node:timers/promises'
import type { Random } from '../../random.ts'
import { dot } from '../dot.ts'

/** Mean and covariance of vectors of `size` numbers that come one after the other. */
export function createMoments(size: number) {
  const sums = new Float64Array(size)
  const products = new Float64Array(size * size) // above the diagonal only
  let count = 0
  return {
    add(vector: Float32Array): void {
      count++
      for (let i = 0; i < size; i++) {
        const value = vector[i]!
        if (value === 0) continue // half of what a network with ReLUs gives
        sums[i]! += value
        for (let j = i; j < size; j++) products[i * size + j]! += value * vector[j]!
      }
    },
    mean: (): Float64Array => sums.map((sum) => sum / count),
    /** [size, size] */
    covariance(): Float64Array {
      const covariance = new Float64Array(size * size)
      for (let i = 0; i < size; i++) {
        for (let j = i; j < size; j++) {
          const value = products[i * size + j]! / count - (sums[i]! * sums[j]!) / count ** 2
          covariance[i * size + j] = value
          covariance[j * size + i] = value
        }
      }
      return covariance
    },
  }
}

type ComponentOptions = {
  /** Numbers of a vector. */
  size: number
  /** Components to find, at most `size`. */
  count: number
  random: Random
  signal?: AbortSignal | undefined
}

/**
 * The directions [count, size] in which vectors of a covariance [size, size] vary most: orthonormal, found by
 * subspace iteration, and together almost as good as the leading eigenvectors: it ends when a round
 * finds hardly more variance. Where the vectors vary in fewer directions, the others are any.
 * Source: Golub & Van Loan, "Matrix Computations", "Orthogonal Iteration".
 */
export async function principalComponents(
  covariance: Float64Array,
  { size, count, random, signal }: ComponentOptions,
): Promise<{ components: Float64Array; variance: number }> {
  const rows = Array.from({ length: count }, () =>
    Float64Array.from({ length: size }, () => random() - 0.5),
  )
  orthonormalize(rows, random)
  let before = 0
  for (let round = 0; round < MAX_ITERATIONS; round++) {
    await setImmediate() // a round takes half a second: let a signal through
    signal?.throwIfAborted()
    const products = rows.map((row) => multiply(covariance, row))
    const captured = rows.reduce((sum, row, i) => sum + dot(row, products[i]!), 0)
    if (round > 0 && captured - before <= TOLERANCE * captured) break
    before = captured
    for (const [i, row] of rows.entries()) row.set(products[i]!)
    orthonormalize(rows, random)
  }
  return {
    components: joinRows(rows, size),
    variance: before / Math.max(trace(covariance, size), 1e-30),
  }
}

const MAX_ITERATIONS = 60
/** Of the variance found. Ten to fifteen rounds of features of photos, and within a thousandth of the best. */
const TOLERANCE = 1e-4

/** Gram–Schmidt, each row twice, which is enough (Kahan). A row that depends on those before is drawn again. */
function orthonormalize(rows: readonly Float64Array[], random: Random): void {
  for (const [i, row] of rows.entries()) {
    for (let left = removeOthers(row, rows, i); left < 1e-8; left = removeOthers(row, rows, i)) {
      for (let j = 0; j < row.length; j++) row[j] = random() - 0.5
    }
  }
}

/** Takes away what lies along the rows before, and gives the rest length 1. Returns what share was left. */
function removeOthers(row: Float64Array, rows: readonly Float64Array[], count: number): number {
  const length = Math.sqrt(dot(row, row))
  for (let round = 0; round < 2; round++) {
    for (let k = 0; k < count; k++) {
      const other = rows[k]!
      const along = dot(row, other)
      for (let j = 0; j < row.length; j++) row[j]! -= along * other[j]!
    }
  }
  const rest = Math.sqrt(dot(row, row))
  if (!(length > 1e-150) || rest < 1e-8 * length) return 0
  for (let j = 0; j < row.length; j++) row[j]! /= rest
  return rest / length
}

/** A symmetric matrix times a vector. */
function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const { length } = vector
  return vector.map((_, i) => dot(matrix.subarray(i * length, (i + 1) * length), vector))
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += matrix[i * size + i]!
  return sum
}

function joinRows(rows: readonly Float64Array[], size: number): Float64Array {
  const joined = new Float64Array(rows.length * size)
  for (const [i, row] of rows.entries()) joined.set(row, i * size)
  return joined
}
