import { gradients } from '../graph/gradients.ts'
import { add, multiply } from '../graph/operators/arithmetic.ts'
import {
  binaryCrossEntropy,
  crossEntropyPerRow,
  weightedMean,
} from '../graph/operators/cross-entropy.ts'
import { input, type Tensor } from '../graph/tensor.ts'
import { writeOnnx } from '../graph/write-onnx.ts'
import { type CnnTransformerSettings, createCnnTransformer } from '../models/cnn-transformer.ts'
import { createParameters, type ParameterSpec } from '../models/parameters.ts'
import type { Batch } from './make-batch.ts'

export type TrainingGraphOptions = {
  images: number
  /** Captions of each image in a step. */
  captions: number
  /** Tokens of a caption, padding included. */
  length: number
  /** Of the label smoothing, 0 to 1. */
  smoothing: number
}

export type TrainingGraph = {
  onnx: Uint8Array
  parameters: ParameterSpec[]
  /** Shapes of the dropout masks that a step wants, by input name. */
  masks: { name: string; shape: readonly number[] }[]
  /** What a batch holds. */
  batch: { name: keyof Batch; shape: readonly number[] }[]
}

/** In the outputs, before the name of a parameter. */
export const GRADIENT = 'gradient/'
/** In the outputs, before the name of a running statistic: what this batch saw. */
export const SEEN = 'seen/'

/**
 * One training step as a graph: loss, gradients of all parameters, and the batch's statistics.
 *
 *   pixels [images, 3, S, S]        tokens, targets int64 [images · captions, length]
 *   weights [images · captions · length]: how much each target counts; 0 for padding, negative to
 *                                   make a caption less likely (self-critical training)
 *   labels [images, labels]: 1 where the word occurs in a caption      labelWeight []
 */
export function buildTrainingGraph(
  settings: CnnTransformerSettings,
  { images, captions, length, smoothing }: TrainingGraphOptions,
): TrainingGraph {
  const parameters = createParameters()
  const model = createCnnTransformer(settings, parameters)
  const { imageSize, decoder, labels } = settings
  const rows = images * captions

  const pixels = input('pixels', [images, 3, imageSize, imageSize])
  const tokens = input('tokens', [rows, length], 'int64')
  const targets = input('targets', [rows * length], 'int64')
  const weights = input('weights', [rows * length])
  const labelTargets = input('labels', [images, labels])
  const labelWeight = input('labelWeight', [])
  const masks = new Map<string, Tensor>()
  for (const place of dropoutPlaces(decoder.layers)) {
    masks.set(place, input(`mask/${place}`, [rows, 1, decoder.width]))
  }

  const { image, labels: labelLogits, statistics } = model.encode(pixels, 'training')
  const logits = model.decoder.all(tokens, image, masks)
  const captionLoss = weightedMean(crossEntropyPerRow(logits, targets, { smoothing }), weights)
  const labelLoss = binaryCrossEntropy(labelLogits, labelTargets)
  const loss = add(captionLoss, multiply(labelLoss, labelWeight))

  const learned = parameters.list().filter(({ observed }) => !observed)
  const tensors = learned.map((spec) => parameters.learn(spec.name, spec.shape, spec.initial))
  const outputs: Record<string, Tensor> = { captionLoss, labelLoss }
  for (const [i, gradient] of gradients(loss, tensors).entries()) {
    outputs[GRADIENT + learned[i]!.name] = gradient
  }
  for (const [layer, { mean, variance }] of statistics) {
    outputs[`${SEEN}${layer}.mean`] = mean
    outputs[`${SEEN}${layer}.variance`] = variance
  }
  return {
    onnx: writeOnnx({ outputs }),
    parameters: parameters.list(),
    masks: [...masks.values()].map((mask) => {
      if (mask.source.kind !== 'input') throw new TypeError('A mask is an input.')
      return { name: mask.source.name, shape: mask.shape }
    }),
    batch: [
      { name: 'pixels', shape: pixels.shape },
      { name: 'tokens', shape: tokens.shape },
      { name: 'targets', shape: targets.shape },
      { name: 'weights', shape: weights.shape },
      { name: 'labels', shape: labelTargets.shape },
    ],
  }
}

const dropoutPlaces = (layers: number): string[] => [
  'embedding',
  ...Array.from({ length: layers }, (_, layer) => [
    `${layer}.self`,
    `${layer}.cross`,
    `${layer}.inner`,
  ]).flat(),
]
