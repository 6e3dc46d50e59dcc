import { convolution } from '../graph/operators/convolution.ts'
import {
  type BatchStatistics,
  batchNormInference,
  batchNormTraining,
} from '../graph/operators/normalization.ts'
import type { Tensor } from '../graph/tensor.ts'
import { heNormal, ONES, type Parameters, ZEROS } from './parameters.ts'

export type CnnMode = 'training' | 'inference'

export type CnnOutput = {
  /** [N, channels, S / reduction, S / reduction] */
  features: Tensor
  /** What each batch normalization saw, by the name of its layer; empty in inference. */
  statistics: Map<string, BatchStatistics>
}

type LayerOptions = {
  channels: number
  /** Pixels along each side of the kernel; odd, so that only the stride changes the size. */
  size: number
  /** Default 1. */
  stride?: number
  /** Default 1; as many as there are channels: a depthwise convolution. */
  groups?: number
}

export type ConvolutionLayers = {
  /** A convolution with batch normalization, with the parameters `name.kernel`, `name.gain`, … */
  convolve(x: Tensor, name: string, options: LayerOptions): Tensor
  statistics: CnnOutput['statistics']
}

/** Makes the layers of a convolutional network. */
export function createConvolutionLayers(parameters: Parameters, mode: CnnMode): ConvolutionLayers {
  const statistics: CnnOutput['statistics'] = new Map()

  function normalize(x: Tensor, name: string): Tensor {
    const size = [x.shape[1]!]
    const affine = {
      gain: parameters.trainable(`${name}.gain`, size, ONES),
      bias: parameters.trainable(`${name}.bias`, size, ZEROS),
    }
    const running = {
      mean: parameters.buffer(`${name}.mean`, size, ZEROS),
      variance: parameters.buffer(`${name}.variance`, size, ONES),
    }
    if (mode === 'inference') return batchNormInference(x, affine, running)
    const { y, statistics: seen } = batchNormTraining(x, affine)
    statistics.set(name, seen)
    return y
  }

  return {
    statistics,
    convolve(x, name, { channels, size, stride = 1, groups = 1 }) {
      const inputs = x.shape[1]! / groups
      const shape = [channels, inputs, size, size]
      const kernel = parameters.trainable(`${name}.kernel`, shape, heNormal(inputs * size * size))
      const padding = (size - 1) / 2
      return normalize(convolution(x, kernel, { stride, padding, groups }), name)
    },
  }
}
