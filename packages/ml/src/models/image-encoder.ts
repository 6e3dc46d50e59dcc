import { transpose } from '../graph/operators/layout.ts'
import { reduceMean } from '../graph/operators/mean.ts'
import type { BatchStatistics } from '../graph/operators/normalization.ts'
import { reshape } from '../graph/operators/reshape.ts'
import { input, type Tensor } from '../graph/tensor.ts'
import { encodeResidual } from './cnn-encoder.ts'
import { type CnnMode, type CnnOutput, createConvolutionLayers } from './convolution-layers.ts'
import { encodeInvertedResidual } from './inverted-residual-encoder.ts'
import { createLinear } from './linear.ts'
import type { EncoderSettings, ModelSettings, OwnEncoderSettings } from './model-settings.ts'
import type { Parameters } from './parameters.ts'

/**
 * What a model is given of `images` pictures: `pixels` [images, 3, S, S], normalized, or `features`
 * [images, tokens, channels] that a frozen network made.
 */
export const pictureInput = ({ imageSize, encoder }: ModelSettings, images: number): Tensor =>
  encoder.kind === 'features'
    ? input('features', [images, encoder.tokens, encoder.channels])
    : input('pixels', [images, 3, imageSize, imageSize])

export type EncodedPictures = {
  /** [N, L, C], a token for each place in the picture */
  tokens: Tensor
  /** What each batch normalization saw, by the name of its layer; empty in inference. */
  statistics: ReadonlyMap<string, BatchStatistics>
}

export function encodePictures(
  pictures: Tensor,
  { encoder, mode }: { encoder: EncoderSettings; mode: CnnMode },
  parameters: Parameters,
): EncodedPictures {
  if (encoder.kind === 'features') return { tokens: pictures, statistics: new Map() }
  const { features, statistics } = encodePixels(pictures, { encoder, mode }, parameters)
  const [N, C, H, W] = features.shape as [number, number, number, number]
  return { tokens: transpose(reshape(features, [N, C, H * W]), [0, 2, 1]), statistics }
}

function encodePixels(
  pixels: Tensor,
  { encoder, mode }: { encoder: OwnEncoderSettings; mode: CnnMode },
  parameters: Parameters,
): CnnOutput {
  const layers = createConvolutionLayers(parameters, mode)
  switch (encoder.kind) {
    case 'cnn':
      return encodeResidual(pixels, encoder, layers)
    case 'inverted-residual':
      return encodeInvertedResidual(pixels, encoder, layers)
  }
}

/** The mean over the places of a picture: [N, L, C] → [N, C]. */
export const poolTokens = (tokens: Tensor): Tensor => reduceMean(tokens, [1])

/** Logits of the words that describe a picture, from its pooled features: [N, C] → [N, labels]. */
export const labelLogits = (pooled: Tensor, labels: number, parameters: Parameters): Tensor =>
  createLinear(parameters)(pooled, 'labels', labels)
