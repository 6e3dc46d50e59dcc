import { apply, GraphError, sameShape, scalar, show, type Tensor, withGradient } from '../tensor.ts'
import { softplus } from './activation.ts'
import { add, divide, multiply, negate, scale, subtract } from './arithmetic.ts'
import { addPerRow, pickPerRow } from './gather.ts'
import { reduceMean } from './mean.ts'
import { reshape } from './reshape.ts'
import { logSoftmax, softmax } from './softmax.ts'
import { reduceSum } from './sum-and-expand.ts'

/**
 * Cross-entropy of next-token predictions with label smoothing, one value a row:
 *
 *   loss = −(1 − ε) log p(target) − ε · mean over the vocabulary of log p
 *
 *   logits [n, V],  targets int64 [n]  →  [n]
 *
 * Source of the smoothing: Szegedy et al. 2016, "Rethinking the Inception Architecture".
 */
export function crossEntropyPerRow(
  logits: Tensor,
  targets: Tensor,
  { smoothing = 0 }: { smoothing?: number } = {},
): Tensor {
  const logProbs = logSoftmax(logits)
  const ofTarget = scale(pickPerRow(logProbs, targets), 1 - smoothing)
  const ofAll = scale(reduceMean(logProbs, [1]), smoothing)
  const loss = negate(smoothing === 0 ? ofTarget : add(ofTarget, ofAll))
  return withGradient(loss, [logits], ([g]) => [logitGradient(g!, logits, targets, smoothing)])
}

/** (softmax(logits) − ε/V) g, and −(1 − ε) g at the target: four passes over [n, V] instead of nine. */
function logitGradient(g: Tensor, logits: Tensor, targets: Tensor, smoothing: number): Tensor {
  const [n, V] = logits.shape as [number, number]
  const column = reshape(g, [n, 1])
  const even = scalar(smoothing / V)
  const weighted = multiply(subtract(softmax(logits), even), column)
  return addPerRow(weighted, targets, scale(g, smoothing - 1))
}

/**
 * Σ loss · weight / Σ |weight|, both [n]; one number. Rows of weight 0, such as padding, do not count;
 * those of a negative weight are to become less likely.
 */
export function weightedMean(losses: Tensor, weights: Tensor): Tensor {
  if (losses.shape[0] !== weights.shape[0] || losses.shape.length !== 1) {
    throw new GraphError(`weightedMean: ${show(losses.shape)} and ${show(weights.shape)} differ.`)
  }
  const total = atLeast(reduceSum(absolute(weights)), 1e-6)
  return divide(reduceSum(multiply(losses, weights)), total)
}

/**
 * Binary cross-entropy of independent labels from logits, mean over all entries:
 * ln(1 + eˣ) − x · target. Both of the same shape.
 */
export const binaryCrossEntropy = (logits: Tensor, targets: Tensor): Tensor =>
  reduceMean(binaryCrossEntropyPerEntry(logits, targets))

/** The same as one value a row, [n, labels] → [n], for rows that do not all count. */
export const binaryCrossEntropyPerRow = (logits: Tensor, targets: Tensor): Tensor =>
  reduceMean(binaryCrossEntropyPerEntry(logits, targets), [1])

function binaryCrossEntropyPerEntry(logits: Tensor, targets: Tensor): Tensor {
  if (!sameShape(logits.shape, targets.shape)) {
    const shapes = `${show(logits.shape)} and ${show(targets.shape)}`
    throw new GraphError(`binaryCrossEntropy: ${shapes} differ.`)
  }
  return subtract(softplus(logits), multiply(logits, targets))
}

/** Keeps a batch without a single weight from dividing by zero. */
const atLeast = (a: Tensor, least: number): Tensor =>
  apply({ operator: 'Max', inputs: [a, scalar(least)] }, a.shape)

const absolute = (a: Tensor): Tensor => apply({ operator: 'Abs', inputs: [a] }, a.shape)
