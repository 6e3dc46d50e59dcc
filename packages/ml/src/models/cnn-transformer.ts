import { add } from '../graph/operators/arithmetic.ts'
import { transpose } from '../graph/operators/layout.ts'
import { matmul } from '../graph/operators/matmul.ts'
import { type BatchStatistics, layerNorm } from '../graph/operators/normalization.ts'
import { globalAveragePool } from '../graph/operators/pooling.ts'
import { reshape } from '../graph/operators/reshape.ts'
import type { Tensor } from '../graph/tensor.ts'
import { type CnnMode, type CnnSettings, encodePixels } from './cnn-encoder.ts'
import { normal, ONES, type Parameters, ZEROS } from './parameters.ts'
import { createDecoder, type DecoderSettings, type KeysValues } from './transformer-decoder.ts'

export type CnnTransformerSettings = {
  /** Pixels along each side of the square input. */
  imageSize: number
  encoder: CnnSettings
  decoder: DecoderSettings
  /** Words that the auxiliary head knows. */
  labels: number
}

export type EncodedImage = {
  image: KeysValues[]
  /** Logits of the words that describe the image, [N, labels]. */
  labels: Tensor
  statistics: Map<string, BatchStatistics>
}

/**
 * Image → residual network → tokens with learned positions → Transformer decoder → caption. A second
 * head on the pooled features says which words the captions hold.
 */
export function createCnnTransformer(settings: CnnTransformerSettings, parameters: Parameters) {
  const { encoder, decoder: decoderSettings, labels } = settings
  const { width } = decoderSettings
  const decoder = createDecoder(decoderSettings, parameters)

  return {
    /** pixels [N, 3, S, S], normalized */
    encode(pixels: Tensor, mode: CnnMode): EncodedImage {
      const { features, statistics } = encodePixels(pixels, encoder, parameters, mode)
      const [N, C, H, W] = features.shape as [number, number, number, number]
      const tokens = transpose(reshape(features, [N, C, H * W]), [0, 2, 1]) // [N, H·W, C]
      const projection = parameters.learn('projection.weight', [C, width], normal(1 / Math.sqrt(C)))
      const positions = parameters.learn('projection.positions', [H * W, width], normal(0.02))
      const gain = parameters.learn('projection.norm.gain', [width], ONES)
      const offset = parameters.learn('projection.norm.bias', [width], ZEROS)
      const memory = add(layerNorm(matmul(tokens, projection), gain, offset), positions) // [N, H·W, width]

      const head = parameters.learn('labels.weight', [C, labels], normal(0.02))
      const bias = parameters.learn('labels.bias', [labels], ZEROS)
      return {
        image: decoder.lookAtImage(memory),
        labels: add(matmul(globalAveragePool(features), head), bias),
        statistics,
      }
    },
    decoder,
  }
}
