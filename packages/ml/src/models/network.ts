import type { BatchStatistics } from '../graph/operators/normalization.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { CnnMode } from './convolution-layers.ts'
import type { Decoder, Tensors } from './decoder.ts'

/** A model written once, over symbolic tensors: what training and serving know of any architecture. */
export type Network = {
  /** From what `pictureInput` declares. */
  encode(pictures: Tensor, mode: CnnMode): EncodedImages
  decoder: Decoder
}

type EncodedImages = {
  /** What the encoder makes of each place of a picture, [N, L, C]: what a teacher's features are compared with. */
  tokens: Tensor
  /** What the decoder needs of each picture, [N, …]. */
  image: Tensors
  /** Mean features over the places of each picture, [N, C]. */
  pooled: Tensor
  /** Logits of the words that describe the picture, [N, labels]. */
  labels: Tensor
  /** What each batch normalization saw, by the name of its layer; empty in inference. */
  statistics: ReadonlyMap<string, BatchStatistics>
}
