import type { Shape, Tensor } from '../graph/tensor.ts'

/**
 * The part of a model that says a caption word by word. What it knows of an image, and what it remembers
 * of the words of a row so far, are tensors by name: whoever trains or serves it needs no more.
 */
export type Decoder = {
  /** Shapes of what a row remembers between positions; zeros before the first. */
  state: Readonly<Record<string, Shape>>
  /** Widths of what may be dropped in training, by place; a mask is [rows, 1, width]. */
  dropout: Readonly<Record<string, number>>

  /** What all captions of an image need of it, from its tokens [images, tokens, channels]. */
  lookAtImage(memory: Tensor): Tensors

  /**
   * All positions at once, as in training: `captions` captions of each image.
   *
   *   tokens int64 [images · captions, T],  image as `lookAtImage` gives it
   *   → logits [images · captions · T, vocabulary]
   */
  all(tokens: Tensor, image: Tensors, masks?: DropoutMasks): Tensor

  /** One position of many captions, with what is remembered of the positions before. */
  step(inputs: StepInputs): { logits: Tensor; state: Tensors }
}

type StepInputs = {
  /** int64 [rows] */
  tokens: Tensor
  /** int64 [1], from 0 */
  position: Tensor
  /** Of each row, [rows, …]. */
  state: Tensors
  /** As `lookAtImage` gives it, [images, …]: rows / images rows after each other are of one image. */
  image: Tensors
}

export type Tensors = Readonly<Record<string, Tensor>>

/** 0 or 1/(1 − rate) for each feature of each caption, the same at all its positions: [rows, 1, width]. */
export type DropoutMasks = Tensors
