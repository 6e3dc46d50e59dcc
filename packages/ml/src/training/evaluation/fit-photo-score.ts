import type { PhotoScore } from '../../inference/score-photo.ts'
import { dot } from '../dot.ts'

type Examples = { photos: readonly Float64Array[]; others: readonly Float64Array[] }

/**
 * Logistic regression with an L2 penalty on standardized features; photos and others weigh the same in
 * all, however many there are. Minimized by Nesterov's accelerated gradient from 0, which takes no
 * matrix of features × features: encoders may have thousands. The standardization ends in the weights.
 */
export function fitPhotoScore(
  examples: Examples,
  { penalty = 0.01, rounds = 300 }: { penalty?: number; rounds?: number } = {},
): Omit<PhotoScore, 'threshold'> {
  const rows = toRows(examples)
  const { mean, deviation } = standardize(rows)
  const step = 1 / (0.25 * (largestCurvature(rows) + 1) + penalty)
  const size = mean.length
  let weights = new Float64Array(size + 1) // the last one is the bias
  let ahead = weights
  for (let round = 1; round <= rounds; round++) {
    const gradient = gradientAt(ahead, rows)
    const next = ahead.map((w, i) => w - step * (gradient[i]! + (i < size ? penalty * w : 0)))
    const momentum = (round - 1) / (round + 2)
    ahead = next.map((w, i) => w + momentum * (w - weights[i]!))
    weights = next
  }
  const folded = Array.from(mean, (_, i) => weights[i]! / deviation[i]!)
  const bias = folded.reduce((sum, weight, i) => sum - weight * mean[i]!, weights[size]!)
  return { weights: folded, bias }
}

/** The score that the lowest `share` of photos stays below. */
export function chooseThreshold(scores: readonly number[], share: number): number {
  const sorted = scores.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * sorted.length)] ?? 0
}

/** The probability that a photo scores higher than another picture: the area under the ROC curve. */
export function areaUnderCurve(photos: readonly number[], others: readonly number[]): number {
  const sorted = others.toSorted((a, b) => a - b)
  const wins = photos.map(
    (score) => (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2,
  )
  return wins.reduce((sum, count) => sum + count, 0) / (photos.length * others.length)
}

/** How many of the sorted values are below one, or at most it. */
function countBelow(sorted: readonly number[], value: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value || (orEqual && sorted[middle]! === value)) low = middle + 1
    else high = middle
  }
  return low
}

type Row = { values: Float64Array; isPhoto: boolean; weight: number }

function toRows({ photos, others }: Examples): Row[] {
  const of = (list: readonly Float64Array[], isPhoto: boolean) =>
    list.map((values) => ({ values: values.slice(), isPhoto, weight: 0.5 / list.length }))
  if (photos.length === 0 || others.length === 0) {
    throw new RangeError('A photo score is fitted to photos and to other pictures.')
  }
  return [...of(photos, true), ...of(others, false)]
}

/** To mean 0 and deviation 1, in place; what never varies becomes 0. */
function standardize(rows: readonly Row[]) {
  const mean = new Float64Array(rows[0]!.values.length)
  for (const { values, weight } of rows)
    for (const [i, x] of values.entries()) mean[i]! += weight * x
  const deviation = new Float64Array(mean.length)
  for (const { values, weight } of rows) {
    for (const [i, x] of values.entries()) deviation[i]! += weight * (x - mean[i]!) ** 2
  }
  for (const [i, variance] of deviation.entries()) deviation[i] = Math.sqrt(variance) || 1
  for (const { values } of rows) {
    for (const [i, x] of values.entries()) values[i] = (x - mean[i]!) / deviation[i]!
  }
  return { mean, deviation }
}

/** The largest eigenvalue of the weighted features' second moments, by power iteration. */
function largestCurvature(rows: readonly Row[]): number {
  let direction = new Float64Array(rows[0]!.values.length).fill(1)
  let length = 1
  for (let round = 0; round < 20; round++) {
    const next = new Float64Array(direction.length)
    for (const { values, weight } of rows) addScaled(next, values, weight * dot(values, direction))
    length = Math.hypot(...next) / Math.hypot(...direction)
    if (length === 0) return 0
    direction = next.map((x) => x / length)
  }
  return length
}

function gradientAt(weights: Float64Array, rows: readonly Row[]): Float64Array {
  const gradient = new Float64Array(weights.length)
  const bias = weights.length - 1
  for (const { values, isPhoto, weight } of rows) {
    const score = 1 / (1 + Math.exp(-(dot(values, weights) + weights[bias]!)))
    const error = weight * (score - (isPhoto ? 1 : 0))
    addScaled(gradient, values, error)
    gradient[bias]! += error
  }
  return gradient
}

function addScaled(into: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) into[i]! += factor * values[i]!
}
