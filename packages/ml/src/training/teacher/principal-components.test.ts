import { describe, expect, test } from 'vitest'
import { createRandom } from '../../random.ts'
import { createMoments, principalComponents } from './principal-components.ts'

/** Vectors that vary along made-up directions, each less than the one before. */
function sampleVectors(size: number, { count, directions }: { count: number; directions: number }) {
  const random = createRandom(3)
  const normal = () => random() + random() + random() - 1.5
  const basis = Array.from({ length: directions }, () => Array.from({ length: size }, normal))
  return Array.from({ length: count }, () => {
    const along = basis.map((_, k) => normal() / (1 + k))
    return Float32Array.from({ length: size }, (_, i) =>
      basis.reduce((sum, direction, k) => sum + direction[i]! * along[k]!, 1),
    )
  })
}

function covarianceOf(vectors: readonly Float32Array[]): Float64Array {
  const moments = createMoments(vectors[0]!.length)
  for (const vector of vectors) moments.add(vector)
  return moments.covariance()
}

test('mean and covariance are those of the definition', () => {
  const vectors = sampleVectors(4, { count: 20, directions: 4 })
  const moments = createMoments(4)
  for (const vector of vectors) moments.add(vector)
  const mean = [0, 1, 2, 3].map((i) => vectors.reduce((sum, v) => sum + v[i]!, 0) / 20)
  expect([...moments.mean()]).toEqual(mean.map((value) => expect.closeTo(value, 10)))
  for (const [i, j] of [
    [0, 0],
    [1, 3],
    [3, 1],
  ] as const) {
    const expected =
      vectors.reduce((sum, v) => sum + (v[i]! - mean[i]!) * (v[j]! - mean[j]!), 0) / 20
    expect(moments.covariance()[i * 4 + j]).toBeCloseTo(expected, 10)
  }
})

describe.each([1, 3, 8, 12])('%i components of 12 numbers', (count) => {
  const covariance = covarianceOf(sampleVectors(12, { count: 300, directions: 12 }))
  const find = () => principalComponents(covariance, { size: 12, count, random: createRandom(1) })

  test('are orthonormal', async () => {
    const { components } = await find()
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        const product = dotOfRows(components, a, b)
        expect(product).toBeCloseTo(a === b ? 1 : 0, 10)
      }
    }
  })

  test('keep as much variance as the leading eigenvectors that Jacobi rotations find', async () => {
    const { variance } = await find()
    const values = eigenvalues(covariance, 12).toSorted((a, b) => b - a)
    const sum = (some: readonly number[]) => some.reduce((total, value) => total + value, 0)
    const best = sum(values.slice(0, count)) / sum(values)
    expect(variance).toBeLessThanOrEqual(best + 1e-9)
    expect(variance).toBeGreaterThan(best - 1e-3)
  })
})

test('vectors that vary in fewer directions than are wanted still give an orthonormal basis', async () => {
  const covariance = covarianceOf(sampleVectors(6, { count: 50, directions: 2 }))
  const options = { size: 6, count: 5, random: createRandom(1) }
  const { components, variance } = await principalComponents(covariance, options)
  expect(variance).toBeCloseTo(1, 6)
  for (let row = 0; row < 5; row++) expect(dotOfRows(components, row, row, 6)).toBeCloseTo(1, 10)
  expect(dotOfRows(components, 1, 4, 6)).toBeCloseTo(0, 10)
  const still = await principalComponents(new Float64Array(36), options)
  expect(still.components.every(Number.isFinite)).toBe(true)
})

test('a signal stops it', async () => {
  const options = {
    size: 6,
    count: 2,
    random: createRandom(1),
    signal: AbortSignal.abort('enough'),
  }
  await expect(principalComponents(new Float64Array(36), options)).rejects.toBe('enough')
})

function dotOfRows(rows: Float64Array, a: number, b: number, size = 12): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += rows[a * size + i]! * rows[b * size + i]!
  return sum
}

/** The slow witness: cyclic Jacobi rotations. Source: Golub & Van Loan, "Jacobi Methods". */
function eigenvalues(matrix: Float64Array, size: number): number[] {
  const a = matrix.slice()
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, size, p, q)
    }
  }
  return Array.from({ length: size }, (_, i) => a[i * size + i]!)
}

function rotate(a: Float64Array, size: number, p: number, q: number): void {
  const off = a[p * size + q]!
  if (Math.abs(off) < 1e-300) return
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * off)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[k * size + p]!, a[k * size + q]!]
    a[k * size + p] = c * x - s * y
    a[k * size + q] = s * x + c * y
  }
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[p * size + k]!, a[q * size + k]!]
    a[p * size + k] = c * x - s * y
    a[q * size + k] = s * x + c * y
  }
}
