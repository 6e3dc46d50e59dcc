import { apply, applyMany, constant, GraphError, show, type Tensor } from '../tensor.ts'
import { sqrt } from './activation.ts'
import { add, divide, multiply, scale, subtract } from './arithmetic.ts'
import { reduceMean } from './mean.ts'
import { reshape } from './reshape.ts'
import { reduceSum, sumToShape } from './sum-and-expand.ts'

/**
 * (x − mean) / √(variance + ε) · gain + bias over the last axis.
 * Source: Ba et al. 2016, "Layer Normalization".
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  const width = x.shape.at(-1)
  if (![gain, bias].every(({ shape }) => shape.length === 1 && shape[0] === width)) {
    const given = `${show(gain.shape)} and ${show(bias.shape)}`
    throw new GraphError(`LayerNormalization: gain and bias ${given} do not fit ${show(x.shape)}.`)
  }
  const rows = { shape: [...x.shape.slice(0, -1), 1] }
  const [y] = applyMany(
    {
      operator: 'LayerNormalization',
      inputs: [x, gain, bias],
      attributes: { axis: -1, epsilon: { float: epsilon } },
      gradient: ([g], { outputs: [, mean, inverse] }) => {
        const last = [x.shape.length - 1]
        const normal = multiply(subtract(x, mean!), inverse!)
        const weighted = multiply(g!, gain)
        const balanced = subtract(
          subtract(weighted, reduceMean(weighted, last, { keep: true })),
          multiply(normal, reduceMean(multiply(weighted, normal), last, { keep: true })),
        )
        return [
          multiply(balanced, inverse!),
          sumToShape(multiply(g!, normal), gain.shape),
          sumToShape(g!, bias.shape),
        ]
      },
    },
    [{ shape: x.shape }, rows, rows],
  )
  return y!
}

export type BatchNormParameters = { gain: Tensor; bias: Tensor }

/** Per channel, [C]. */
export type BatchStatistics = { mean: Tensor; variance: Tensor }

/**
 * (x − mean) / √(variance + ε) · gain + bias per channel of [N, C, H, W], with the batch's own mean and
 * variance, which are returned for the running statistics. The variance returned is the biased one.
 * Source: Ioffe & Szegedy 2015, "Batch Normalization".
 */
export function batchNormTraining(
  x: Tensor,
  { gain, bias }: BatchNormParameters,
  epsilon = 1e-5,
): { y: Tensor; statistics: BatchStatistics } {
  const C = requireChannels(x, { gain, bias })
  const unused = [ownZeros(gain), ownZeros(bias)]
  const [y, mean, variance] = applyMany(
    {
      operator: 'BatchNormalization',
      inputs: [x, gain, bias, ...unused],
      // With momentum 0 the "running" outputs are the batch's own statistics.
      attributes: { training_mode: 1, epsilon: { float: epsilon }, momentum: { float: 0 } },
      gradient: ([g], { outputs: [, batchMean, batchVariance] }) => {
        const channel = (a: Tensor) => reshape(a, [C, 1, 1])
        const inverse = divide(
          constant(new Float32Array(C).fill(1), [C]),
          sqrt(add(batchVariance!, constant([epsilon], [1]))),
        )
        const count = x.shape[0]! * x.shape[2]! * x.shape[3]!
        const sumG = reduceSum(g!, [0, 2, 3])
        const sumGx = reduceSum(multiply(g!, subtract(x, channel(batchMean!))), [0, 2, 3])
        const gainGradient = multiply(sumGx, inverse)
        // dx = gain/σ · (g − Σg/n − normal · Σ(g · normal)/n), put into one term of g, one of x, one constant
        const ofG = multiply(gain, inverse)
        const ofX = scale(multiply(multiply(ofG, inverse), gainGradient), -1 / count)
        const rest = subtract(scale(multiply(ofG, sumG), -1 / count), multiply(ofX, batchMean!))
        const dx = add(multiply(g!, channel(ofG)), add(multiply(x, channel(ofX)), channel(rest)))
        return [dx, gainGradient, sumG]
      },
    },
    [{ shape: x.shape }, { shape: [C] }, { shape: [C] }],
  )
  return { y: y!, statistics: { mean: mean!, variance: variance! } }
}

/** The same with given statistics, as a trained model uses it. */
export function batchNormInference(
  x: Tensor,
  { gain, bias }: BatchNormParameters,
  { mean, variance }: BatchStatistics,
  epsilon = 1e-5,
): Tensor {
  requireChannels(x, { gain, bias, mean, variance })
  return apply(
    {
      operator: 'BatchNormalization',
      inputs: [x, gain, bias, mean, variance],
      attributes: { epsilon: { float: epsilon } },
    },
    x.shape,
  )
}

/**
 * ONNX Runtime writes the batch's statistics over the inputs for the running ones, so each layer needs two
 * of its own. It merges equal nodes, whose results do not differ, but not two random draws, even
 * from 0 to 0.
 */
const ownZeros = (like: Tensor): Tensor =>
  apply(
    {
      operator: 'RandomUniformLike',
      inputs: [like],
      attributes: { low: { float: 0 }, high: { float: 0 } },
    },
    like.shape,
  )

function requireChannels(x: Tensor, perChannel: Readonly<Record<string, Tensor>>): number {
  const C = x.shape[1]
  for (const [name, { shape }] of Object.entries(perChannel)) {
    if (x.shape.length === 4 && shape.length === 1 && shape[0] === C) continue
    const given = `a ${name} of ${show(shape)}`
    throw new GraphError(`BatchNormalization: ${given} does not fit ${show(x.shape)}.`)
  }
  return C!
}
