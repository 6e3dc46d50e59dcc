import { relu } from '../graph/operators/activation.ts'
import { add } from '../graph/operators/arithmetic.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { CnnOutput, ConvolutionLayers } from './convolution-layers.ts'
import type { InvertedResidualSettings } from './model-settings.ts'

type Stage = InvertedResidualSettings['stages'][number]

/**
 * A network of inverted residuals: each block widens its channels, looks at the neighbourhood of each
 * channel alone, and narrows them again without a non-linearity. Few products a pixel, so that a larger
 * picture fits the time.
 *
 *   pixels [N, 3, S, S] → features [N, head, S / (2 · product of the strides), …]
 *
 * Source: Sandler et al. 2018, "MobileNetV2: Inverted Residuals and Linear Bottlenecks".
 */
export function encodeInvertedResidual(
  pixels: Tensor,
  { stem, stages, head }: InvertedResidualSettings,
  { convolve, statistics }: ConvolutionLayers,
): CnnOutput {
  function block(x: Tensor, name: string, stage: Omit<Stage, 'blocks'>): Tensor {
    const { channels, stride, expansion, kernel: size } = stage
    const wide = x.shape[1]! * expansion
    const widened =
      expansion === 1 ? x : relu(convolve(x, `${name}.widen`, { channels: wide, size: 1 }))
    const depthwise = { channels: wide, groups: wide, size, stride }
    const filtered = relu(convolve(widened, `${name}.depthwise`, depthwise))
    const narrowed = convolve(filtered, `${name}.narrow`, { channels, size: 1 })
    return stride === 1 && x.shape[1] === channels ? add(x, narrowed) : narrowed
  }

  let x = relu(convolve(pixels, 'stem', { channels: stem, size: 3, stride: 2 }))
  for (const [s, { blocks, ...stage }] of stages.entries()) {
    for (let i = 0; i < blocks; i++) {
      x = block(x, `stage${s}.${i}`, i === 0 ? stage : { ...stage, stride: 1 })
    }
  }
  return { features: relu(convolve(x, 'head', { channels: head, size: 1 })), statistics }
}
