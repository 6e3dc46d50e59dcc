import { relu } from '../graph/operators/activation.ts'
import { add } from '../graph/operators/arithmetic.ts'
import { convolution } from '../graph/operators/convolution.ts'
import {
  type BatchStatistics,
  batchNormInference,
  batchNormTraining,
} from '../graph/operators/normalization.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { CnnSettings } from './model-settings.ts'
import { heNormal, ONES, type Parameters, ZEROS } from './parameters.ts'

export type CnnMode = 'training' | 'inference'

export type CnnOutput = {
  /** [N, widths.at(-1), S/2^(1 + stages), …] */
  features: Tensor
  /** What each batch normalization saw, by the name of its layer; empty in inference. */
  statistics: Map<string, BatchStatistics>
}

/**
 * A residual network: a strided stem, then stages of two-convolution blocks with batch normalization.
 *
 *   pixels [N, 3, S, S] → features
 *
 * Source: He et al. 2016, "Deep Residual Learning for Image Recognition".
 */
export function encodePixels(
  pixels: Tensor,
  { stem, widths, blocks }: CnnSettings,
  parameters: Parameters,
  mode: CnnMode,
): CnnOutput {
  const statistics = new Map<string, BatchStatistics>()

  function normalized(x: Tensor, name: string): Tensor {
    const size = [x.shape[1]!]
    const affine = {
      gain: parameters.learn(`${name}.gain`, size, ONES),
      bias: parameters.learn(`${name}.bias`, size, ZEROS),
    }
    const running = {
      mean: parameters.observe(`${name}.mean`, size, ZEROS),
      variance: parameters.observe(`${name}.variance`, size, ONES),
    }
    if (mode === 'inference') return batchNormInference(x, affine, running)
    const { y, statistics: seen } = batchNormTraining(x, affine)
    statistics.set(name, seen)
    return y
  }

  function convolve(x: Tensor, name: string, channels: number, size: number, stride: number) {
    const shape = [channels, x.shape[1]!, size, size]
    const kernel = parameters.learn(`${name}.kernel`, shape, heNormal(x.shape[1]! * size * size))
    return normalized(convolution(x, kernel, { stride, padding: (size - 1) / 2 }), name)
  }

  function block(x: Tensor, name: string, channels: number, stride: number): Tensor {
    const inner = relu(convolve(x, `${name}.first`, channels, 3, stride))
    const outer = convolve(inner, `${name}.second`, channels, 3, 1)
    const isSame = stride === 1 && x.shape[1] === channels
    const short = isSame ? x : convolve(x, `${name}.short`, channels, 1, stride)
    return relu(add(outer, short))
  }

  let x = relu(convolve(pixels, 'stem', stem, 3, 2))
  for (const [stage, channels] of widths.entries()) {
    for (let i = 0; i < blocks[stage]!; i++) {
      x = block(x, `stage${stage}.${i}`, channels, i === 0 ? 2 : 1)
    }
  }
  return { features: x, statistics }
}
