import { encodePictures, labelLogits, poolTokens } from './image-encoder.ts'
import { createLstmDecoder } from './lstm-decoder.ts'
import type { SettingsOf } from './model-settings.ts'
import type { Network } from './network.ts'
import type { Parameters } from './parameters.ts'

/**
 * Image → tokens → long short-term memory with additive attention to them → caption. A second head on
 * the mean of the tokens says which words the captions hold.
 */
export function createLstmAttention(
  { encoder, decoder: decoderSettings, labels }: SettingsOf<'lstm-attention'>,
  parameters: Parameters,
): Network {
  const decoder = createLstmDecoder(decoderSettings, parameters)
  return {
    decoder,
    encode(pictures, mode) {
      const { tokens, statistics } = encodePictures(pictures, { encoder, mode }, parameters)
      const pooled = poolTokens(tokens)
      const described = labelLogits(pooled, labels, parameters)
      return { tokens, image: decoder.lookAtImage(tokens), pooled, labels: described, statistics }
    },
  }
}
