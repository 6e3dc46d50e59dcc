import { relu } from '../graph/operators/activation.ts'
import { add } from '../graph/operators/arithmetic.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { CnnOutput, ConvolutionLayers } from './convolution-layers.ts'
import type { CnnSettings } from './model-settings.ts'

/**
 * A residual network: a strided stem, then stages of two-convolution blocks with batch normalization.
 *
 *   pixels [N, 3, S, S] → features [N, widths.at(-1), S/2^(1 + stages), …]
 *
 * Source: He et al. 2016, "Deep Residual Learning for Image Recognition".
 */
export function encodeResidual(
  pixels: Tensor,
  { stem, widths, blocks }: CnnSettings,
  { convolve, statistics }: ConvolutionLayers,
): CnnOutput {
  function block(x: Tensor, name: string, channels: number, stride: number): Tensor {
    const inner = relu(convolve(x, `${name}.first`, { channels, size: 3, stride }))
    const outer = convolve(inner, `${name}.second`, { channels, size: 3 })
    const isSame = stride === 1 && x.shape[1] === channels
    const short = isSame ? x : convolve(x, `${name}.short`, { channels, size: 1, stride })
    return relu(add(outer, short))
  }

  let x = relu(convolve(pixels, 'stem', { channels: stem, size: 3, stride: 2 }))
  for (const [stage, channels] of widths.entries()) {
    for (let i = 0; i < blocks[stage]!; i++) {
      x = block(x, `stage${stage}.${i}`, channels, i === 0 ? 2 : 1)
    }
  }
  return { features: x, statistics }
}
