import { add } from '../graph/operators/arithmetic.ts'
import { matmul } from '../graph/operators/matmul.ts'
import { layerNorm } from '../graph/operators/normalization.ts'
import type { Tensor } from '../graph/tensor.ts'
import { encodePictures, labelLogits, poolTokens } from './image-encoder.ts'
import type { SettingsOf } from './model-settings.ts'
import type { Network } from './network.ts'
import { normal, ONES, type Parameters, ZEROS } from './parameters.ts'
import { createTransformerDecoder } from './transformer-decoder.ts'

/**
 * Image → tokens, projected and with learned positions → Transformer decoder → caption. A second head on
 * the mean of the tokens says which words the captions hold.
 */
export function createCnnTransformer(
  { encoder, decoder: decoderSettings, labels }: SettingsOf<'cnn-transformer'>,
  parameters: Parameters,
): Network {
  const { width } = decoderSettings
  const decoder = createTransformerDecoder(decoderSettings, parameters)

  /** [N, L, C] → [N, L, width] */
  function project(tokens: Tensor): Tensor {
    const [, L, C] = tokens.shape as [number, number, number]
    const weight = parameters.trainable('projection.weight', [C, width], normal(1 / Math.sqrt(C)))
    const positions = parameters.trainable('projection.positions', [L, width], normal(0.02))
    const gain = parameters.trainable('projection.norm.gain', [width], ONES)
    const bias = parameters.trainable('projection.norm.bias', [width], ZEROS)
    return add(layerNorm(matmul(tokens, weight), gain, bias), positions)
  }

  return {
    decoder,
    encode(pictures, mode) {
      const { tokens, statistics } = encodePictures(pictures, { encoder, mode }, parameters)
      const memory = project(tokens)
      const pooled = poolTokens(tokens)
      const described = labelLogits(pooled, labels, parameters)
      return { tokens, image: decoder.lookAtImage(memory), pooled, labels: described, statistics }
    },
  }
}
